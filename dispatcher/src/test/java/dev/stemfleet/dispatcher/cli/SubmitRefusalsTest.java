package dev.stemfleet.dispatcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.media.FfmpegProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What `submit` does not take, and how it says so.
final class SubmitRefusalsTest {
  @TempDir static Path sounds;
  @TempDir Path folder;

  @BeforeAll
  static void soundFiles() throws IOException {
    SubmitSounds.make(sounds);
  }

  @BeforeEach
  void musicAndAssets() throws IOException {
    SubmitSounds.settle(sounds, folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gone.mp3", "zero.mp3", "text.mp3", "silent-film.mp4", "outside.wav"})
  void aTrackThatIsNoUseIsRefusedAndTheOthersGoOn(String name) throws IOException {
    Path music = folder.resolve("music");
    Files.createFile(music.resolve("zero.mp3"));
    Files.writeString(music.resolve("text.mp3"), "This is no sound. ".repeat(500));
    FfmpegProgram.ffmpeg()
        .run(
            "-v",
            "error",
            "-f",
            "lavfi",
            "-i",
            "color=size=64x64:duration=1:rate=5",
            "-an",
            music.resolve("silent-film.mp4"));
    Files.copy(sounds.resolve("third.wav"), folder.resolve("outside.wav"));
    String bad = name.equals("outside.wav") ? name : "music/" + name;

    CommandRun run = submit(bad, "music/plain.wav", "--channels", "main");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.sink().job().track().title()).isEqualTo("plain");
    assertThat(run.err().lines().filter(line -> line.startsWith("stemfleet: refused")))
        .singleElement()
        .asString()
        .contains(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --channels main --bpm 0               | --bpm
          --channels main --bpm -1              | --bpm
          --channels main --bpm 400.1           | --bpm
          --channels main --bpm NaN             | --bpm
          --channels main --bpm fast            | --bpm
          --channels mian                       | did you mean main
          --channels main,kazoo                 | Known: drums, main, tiktok
          --channels main --stems kazoo         | stem 'kazoo'
          --channels main --stems narration     | narration
          --channels main --products mp4        | product 'mp4'
          --channels main --model big           | model 'big'
          --channels main --job ''              | job
          --channels main --publish-every 1d    | publish.start
          --channels main --publish-start soon  | publish.start
          --channels main --id a/b              | --id
          --channels main --trim-start 9 --trim-end 3 | --trim
          --channels main --root Music=x        | Music
          --channels main --colour red          | --colour
          --channels main --config gone.yaml    | gone.yaml
          --channels main --format xml          | --format
          ''                                    | channels
          """)
  void whatMakesNoSenseSendsNothingAtAll(String flags, String named) {
    List<String> args = new ArrayList<>(List.of("music/plain.wav"));
    Stream.of(flags.split(" ", -1))
        .map(flag -> flag.equals("''") ? "" : flag)
        .filter(flag -> !flags.isEmpty())
        .forEach(args::add);

    requireNothingSent(submit(args.toArray(String[]::new)), named);
  }

  @ParameterizedTest
  @ValueSource(strings = {"empty", "music/*.ogg", "none.m3u", "wrong.yaml", "text.yaml"})
  void inputsThatNameNothingSendNothingAtAll(String input) throws IOException {
    Files.createDirectories(folder.resolve("empty"));
    Files.writeString(
        folder.resolve("wrong.yaml"), "tracks: [{source: music/plain.wav}, {sauce: x}]");
    Files.writeString(folder.resolve("text.yaml"), "tracks: [{source: music/plain.wav, bpm: a}]");

    requireNothingSent(submit("music/plain.wav", input, "--channels", "main"), input);
  }

  @Test
  void aWrongLineOfStandardInputSendsNothingAtAll() {
    String lines = "{\"source\":\"music/plain.wav\"}\n{\"source\":\"music/third.wav\",\"bpm\":0}\n";

    requireNothingSent(
        CommandRun.withInput(folder, lines, "submit", "-", "--channels", "main"), "line 2: bpm");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--title=x", "--bpm=100", "--key=Am", "--id=x"})
  void whatIsForOneTrackIsRefusedForSeveral(String flag) {
    requireNothingSent(
        submit("music", "--channels", "main", flag), flag.substring(0, flag.indexOf('=')));
  }

  @Test
  void oneIdForTwoSoundsSendsNothingAtAll() {
    String lines =
        """
        {"source":"music/plain.wav","id":"x"}
        {"source":"music/third.wav","id":"x"}
        """;

    requireNothingSent(
        CommandRun.withInput(folder, lines, "submit", "-", "--channels", "main"), "id");
  }

  @Test
  void aMissingThumbnailRefusesItsTrack() {
    CommandRun run = submit("music/plain.wav", "--channels", "main", "--thumbnail", "gone.png");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("thumbnail", "gone.png");
    assertThat(run.sink().jobs()).isEmpty();
  }

  private CommandRun submit(String... args) {
    List<String> all = new ArrayList<>(List.of("submit"));
    all.addAll(List.of(args));
    return CommandRun.of(folder, all.toArray(String[]::new));
  }

  private static void requireNothingSent(CommandRun run, String named) {
    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(named).hasLineCount(1).doesNotContain("Exception");
    assertThat(run.sink().sent).isEmpty();
  }
}
