package dev.stemfleet.dispatcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.domain.Source;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.domain.Track;
import dev.stemfleet.common.domain.speech.SpeakerOrder;
import dev.stemfleet.common.domain.speech.Speech;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.Wire;
import dev.stemfleet.dispatcher.submit.TestAssets;
import dev.stemfleet.fixture.TestSound;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Scripts as `submit` takes them.
final class SubmitScriptTest {
  private static final String TALE =
      "It was a dark and stormy night. <speaker:guest>Who goes there?\n";

  @TempDir static Path sounds;
  @TempDir Path folder;

  @BeforeAll
  static void voices() {
    TestSound.tone(3, 200, 0.3).writeWav(sounds.resolve("long.wav"));
    TestSound.tone(1, 200, 0.3).writeWav(sounds.resolve("short.wav"));
  }

  @BeforeEach
  void textsAndAssets() throws IOException {
    TestAssets.in(folder.resolve("assets"));
    Files.createDirectories(folder.resolve("texts"));
    Files.writeString(folder.resolve("texts/tale.txt"), TALE);
    Files.copy(sounds.resolve("long.wav"), folder.resolve("texts/long.wav"));
    Files.copy(sounds.resolve("short.wav"), folder.resolve("texts/short.wav"));
    Files.writeString(
        folder.resolve("stemfleet.yaml"), "assets: assets\nout: out\nroots: {texts: texts}\n");
  }

  @Test
  void aPlainScriptIsSpokenByTheDemonstrationVoiceOnEveryChannel() throws Exception {
    CommandRun run = submit("texts/tale.txt", "--channels", "main,drums", "--job", "tales");

    assertThat(run.exitCode()).as(run.err()).isZero();
    List<Job> jobs = run.sink().jobs();
    assertThat(jobs)
        .extracting(Job::directory)
        .containsExactly("tales/Main Channel/tale", "tales/Drum Channel/tale");
    Track track = jobs.getFirst().track();
    assertThat(track.id())
        .isEqualTo(Sha256.of(TALE.getBytes(StandardCharsets.UTF_8)).substring(0, 16));
    assertThat(track.source()).isEqualTo(new Source.InRoot("texts", "tale.txt"));
    assertThat(jobs)
        .allSatisfy(job -> assertThat(job.model().id()).isEqualTo("demonstration"))
        .allSatisfy(job -> assertThat(job.channel().stems()).containsExactly(Stem.NARRATION));
    assertThat(speech(track).speakers()).extracting(SpeakerOrder::id).containsExactly("default");
    assertThat(jobs.getFirst().warnings())
        .contains("No speaker is called 'guest'; default speaks those parts.");
    assertThat(run.sink().kept.keySet())
        .extracting(AssetRef::name)
        .containsExactlyInAnyOrder("background.png", "mark.png", "narration.png");
    assertThat(Wire.read(Wire.write(jobs.getFirst()), Job.class)).isEqualTo(jobs.getFirst());
  }

  @Test
  void aJobFileNamesScriptSpeakersAndVoices() throws IOException {
    Files.createDirectories(folder.resolve("jobs"));
    Files.writeString(
        folder.resolve("jobs/tale.yaml"),
        """
        job: {name: night_tales, run-label: take_1}
        channels: [main]
        input: {text_file: ../texts/tale.txt, title: The Tale, artist: Ann}
        generation:
          num_candidates: 4
          speakers:
            - {id: narrator, reference_audio: ../texts/long.wav}
            - {id: guest, tts_params: {exaggeration: 0.8}}
        """);

    Job job = submit("jobs/tale.yaml").sink().job();

    assertThat(job.batch()).isEqualTo("night-tales-take-1");
    assertThat(job.directory()).isEqualTo("night-tales-take-1/Main Channel/Ann - The Tale");
    assertThat(speech(job.track()).defaultSpeaker()).isEqualTo("narrator");
    AssetRef voice = new AssetRef("long.wav", Sha256.ofFile(folder.resolve("texts/long.wav")));
    assertThat(speech(job.track()).speakers())
        .extracting(SpeakerOrder::recording)
        .containsExactly(voice, voice);
    assertThat(speech(job.track()).speakers())
        .extracting(speaker -> speaker.candidates().count())
        .containsOnly(4);
  }

  @Test
  void scriptsAndMusicGoTogetherAndAScriptMayDiffer() throws IOException {
    Files.writeString(folder.resolve("texts/two.md"), "# A heading\n");
    Files.writeString(
        folder.resolve("mixed.yaml"),
        """
        channels: [main]
        generation: {language: de}
        tracks:
          - source: texts/long.wav
          - source: texts/tale.txt
          - source: texts/two.md
            generation: {language: en}
        """);

    List<Job> jobs = submit("mixed.yaml").sink().jobs();

    assertThat(jobs).extracting(job -> job.channel().stems().size()).containsExactly(5, 1, 1);
    assertThat(jobs.subList(1, 3))
        .extracting(job -> speech(job.track()).language())
        .containsExactly("de", "en");
  }

  @Test
  void theInstallationMayHaveDefaults() throws IOException {
    Files.writeString(
        folder.resolve("assets/speech.yaml"),
        "generation: {speakers: [{id: house, reference_audio: ../texts/long.wav}]}\n");

    Job job = submit("texts/tale.txt", "--channels", "main").sink().job();

    assertThat(speech(job.track()).speakers())
        .extracting(SpeakerOrder::id)
        .containsExactly("house");
    assertThat(speech(job.track()).speakers().getFirst().recording()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          texts/empty.txt                         | texts/empty.txt: is empty
          texts/book.txt                          | has 100,000 characters; a script has at most 60,000
          texts/latin.txt                         | line 1: is not UTF-8
          texts/gone.txt                          | there is no such file
          texts/tale.txt --voice gone.wav         | default: reference_audio:
          texts/tale.txt --voice texts/short.wav  | has 1.0 s of sound; a voice needs 2 s at least
          texts/tale.txt --voice texts/tale.txt   | default: reference_audio:
          texts/tale.txt --trim-end 3             | trim: a script is spoken whole
          """)
  void aScriptThatIsNoUseIsRefusedInOneLine(String args, String expected) throws IOException {
    Files.writeString(folder.resolve("texts/empty.txt"), " \n");
    Files.writeString(folder.resolve("texts/book.txt"), "Ten chars.".repeat(10_000));
    Files.write(
        folder.resolve("texts/latin.txt"), "Caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    List<String> all =
        Stream.concat(
                Stream.of(args.split(" +", -1)).filter(arg -> !arg.isEmpty()),
                Stream.of("--channels", "main"))
            .toList();

    CommandRun run = submit(all.toArray(String[]::new));

    assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
    assertThat(run.sink().jobs()).isEmpty();
    assertThat(run.err().lines().filter(line -> line.startsWith("stemfleet: refused")))
        .singleElement()
        .asString()
        .contains(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --language English    | --language
          --speech-model big    | generation.model: unknown model 'big'
          --recogniser whisper  | validation.recogniser
          --stems bass          | narration
          """)
  void whatMakesNoSenseForScriptsSendsNothing(String flags, String named) {
    List<String> all =
        Stream.concat(
                Stream.of("texts/tale.txt", "--channels", "main"),
                Stream.of(flags.split(" +", -1)).filter(arg -> !arg.isEmpty()))
            .toList();

    CommandRun run = submit(all.toArray(String[]::new));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(named);
    assertThat(run.sink().jobs()).isEmpty();
  }

  @Test
  void whatIsSaidOfSpeakingMusicIsAnError() throws IOException {
    Files.writeString(
        folder.resolve("odd.yaml"),
        "tracks: [{source: texts/long.wav, generation: {language: en}}]\nchannels: [main]\n");

    CommandRun run = submit("odd.yaml");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("odd.yaml: texts/long.wav: is no script");
  }

  @Test
  void aDryRunSaysHowTheScriptIsCutAndHowLongItWillBe() {
    CommandRun run = submit("texts/tale.txt", "--channels", "main", "--dry-run");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("narration");
    assertThat(run.err()).contains("texts/tale.txt: 2 chunks, 4 takes, about");
  }

  private static Speech speech(Track track) {
    return Objects.requireNonNull(track.speech());
  }

  private CommandRun submit(String... args) {
    return CommandRun.of(
        folder, Stream.concat(Stream.of("submit"), Stream.of(args)).toArray(String[]::new));
  }
}
