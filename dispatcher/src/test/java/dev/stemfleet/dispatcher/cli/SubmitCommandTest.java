package dev.stemfleet.dispatcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.Product;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.domain.Source;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.domain.Trim;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.Wire;
import dev.stemfleet.common.message.WireException;
import dev.stemfleet.dispatcher.submit.TestAssets;
import dev.stemfleet.fixture.TestSound;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SubmitCommandTest {
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

  @Test
  void tagsAndCoverAreReadFromTheFile() throws WireException {
    CommandRun run = submit("music/tagged.mp3", "--channels", "main", "--job", "friday");

    assertThat(run.exitCode()).as(run.err()).isZero();
    Job job = run.sink().job();
    assertThat(job.track().title()).isEqualTo("The Title");
    assertThat(job.track().artist()).isEqualTo("The Artist");
    assertThat(job.track().bpm()).isEqualTo(174);
    assertThat(job.track().key()).isEqualTo("F#m");
    assertThat(job.track().genre()).isEqualTo("House");
    assertThat(job.track().source()).isEqualTo(new Source.InRoot("music", "tagged.mp3"));
    assertThat(job.directory()).isEqualTo("friday/Main Channel/The Artist - The Title");
    assertThat(job.run()).matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-.{12}");
    assertThat(job.warnings()).isEmpty();
    assertThat(job.track().thumbnail()).isNotNull();
    byte[] cover = run.sink().kept.get(job.track().thumbnail());
    assertThat(Sha256.of(cover)).isEqualTo(job.track().thumbnail().sha256());
    assertThat(Wire.read(Wire.write(job), Job.class)).isEqualTo(job);
  }

  @Test
  void flagsOverrideTags() throws IOException {
    Path other = TestAssets.picture(folder.resolve("other.png"), 0xff00ff00);

    CommandRun run =
        submit(
            "music/tagged.mp3",
            "--channels=main",
            "--title=T",
            "--artist=A",
            "--bpm=90.5",
            "--key=Am",
            "--genre=G",
            "--thumbnail=other.png",
            "--trim-start=0:00.1",
            "--trim-end=0.4");

    Job job = run.sink().job();
    assertThat(job.track().title()).isEqualTo("T");
    assertThat(job.track().artist()).isEqualTo("A");
    assertThat(job.track().bpm()).isEqualTo(90.5);
    assertThat(job.track().key()).isEqualTo("Am");
    assertThat(job.track().genre()).isEqualTo("G");
    assertThat(job.track().trim()).isEqualTo(new Trim(0.1, 0.4));
    assertThat(job.track().thumbnail()).isEqualTo(new AssetRef("other.png", Sha256.ofFile(other)));
  }

  @Test
  void everyPictureOfTheChannelIsKept() {
    CommandRun run = submit("music/plain.wav", "--channels", "main,drums");

    assertThat(run.sink().kept.keySet())
        .extracting(AssetRef::name)
        .containsExactlyInAnyOrder(
            "background.png",
            "mark.png",
            "acapella.png",
            "drums.png",
            "bass.png",
            "melody.png",
            "instrumental.png");
  }

  @Test
  void aFileWithoutATitleHasItsNameAndAWarning() {
    CommandRun run = submit("music/plain.wav", "--channels", "main");

    assertThat(run.exitCode()).isZero();
    assertThat(run.sink().job().track().title()).isEqualTo("plain");
    assertThat(run.sink().job().warnings()).singleElement().asString().startsWith("title:");
    assertThat(run.err()).contains("warning: music/plain.wav: title");
  }

  @Test
  void anEmptyTitleIsNone() {
    CommandRun run = submit("music/plain.wav", "--channels", "main", "--title", " ");

    assertThat(run.sink().job().track().title()).isEqualTo("plain");
    assertThat(run.sink().job().warnings()).hasSize(1);
  }

  @Test
  void tagsThatMakeNoSenseDoNotStopATrack() {
    Path file = folder.resolve("music/odd.mp3");
    TestSound.tone(0.5, 440, 0.3)
        .write(
            file,
            "-metadata",
            "TBPM=very fast",
            "-metadata",
            "title=" + "\ud83d\udd25".repeat(700));

    CommandRun run = submit("music/odd.mp3", "--channels", "main");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.sink().job().track().bpm()).isNull();
    assertThat(run.sink().job().track().title()).startsWith("\ud83d\udd25").hasSize(1000);
    assertThat(run.sink().job().warnings()).singleElement().asString().contains("very fast");
  }

  @Test
  void damagedTagsDoNotStopATrack() throws IOException {
    byte[] bytes = Files.readAllBytes(sounds.resolve("tagged.mp3"));
    for (int i = 10; i < 60; i++) {
      bytes[i] = (byte) 0xff;
    }
    Files.write(folder.resolve("music/damaged.mp3"), bytes);

    CommandRun run = submit("music/damaged.mp3", "--channels", "main");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.sink().jobs()).hasSize(1);
  }

  @Test
  void artistAndGenreHoldForAllTracks() {
    CommandRun run = submit("music", "--channels", "main", "--artist", "All", "--genre", "G");

    assertThat(run.sink().jobs())
        .hasSize(3)
        .allSatisfy(job -> assertThat(job.track().artist()).isEqualTo("All"));
  }

  @Test
  void theSameTrackTwiceIsOneJobWithAWarning() throws IOException {
    Files.copy(folder.resolve("music/plain.wav"), folder.resolve("music/copy.wav"));

    CommandRun run = submit("music/plain.wav", "music/copy.wav", "--channels", "main");

    assertThat(run.exitCode()).isZero();
    assertThat(run.sink().job().warnings()).anyMatch(w -> w.contains("made once"));
    assertThat(run.err()).contains("copy.wav");
  }

  @Test
  void aPlaylistGivesTitlesWhereFilesHaveNone() throws IOException {
    Files.writeString(
        folder.resolve("set.m3u"),
        """
        #EXTINF:1,Someone - Something
        music/plain.wav
        #EXTINF:1,Not This
        music/tagged.mp3
        """);

    CommandRun run = submit("set.m3u", "--channels", "main");

    assertThat(run.sink().jobs())
        .extracting(job -> job.track().artist() + "/" + job.track().title())
        .containsExactly("Someone/Something", "The Artist/The Title");
  }

  @Test
  void flagsOverrideAJobFile() throws IOException {
    Files.writeString(
        folder.resolve("job.yaml"),
        """
        batch: saturday
        channels: [main]
        products: [flac]
        tracks: [{source: music/plain.wav, title: T}]
        """);

    CommandRun run = submit("job.yaml", "--channels", "Drums,tik-tok", "--stems", "bass");

    assertThat(run.sink().jobs())
        .extracting(job -> job.batch() + "/" + job.channel().key())
        .containsExactly("saturday/drums", "saturday/tiktok");
    assertThat(run.sink().jobs())
        .allSatisfy(job -> assertThat(job.products()).containsExactly(Product.VIDEO, Product.FLAC))
        .allSatisfy(job -> assertThat(job.channel().stems()).containsExactly(Stem.BASS));
  }

  @Test
  void audioMeansMp3AndAllMeansEveryChannel() {
    CommandRun run = submit("music/plain.wav", "--channels", "all", "--products", "video,audio");

    assertThat(run.sink().jobs())
        .hasSize(3)
        .allSatisfy(job -> assertThat(job.products()).containsExactly(Product.VIDEO, Product.MP3));
  }

  @Test
  void aBatchWithoutANameIsCalledByItsDay() {
    CommandRun run = submit("music/plain.wav", "--channels", "main");

    assertThat(run.sink().job().batch()).matches("2026-05-01-[0-9a-f]{4}");
    assertThat(run.err()).contains("stemfleet tail --job '" + run.sink().job().batch() + "'");
  }

  @Test
  void aBatchNameIsMadeSafeForFolders() {
    CommandRun run = submit("music/plain.wav", "--channels", "main", "--job", "../a:b/*");

    assertThat(run.sink().job().batch()).isEqualTo("a b");
  }

  @Test
  void aDryRunSendsAndKeepsNothing() {
    CommandRun run = submit("music/tagged.mp3", "--channels", "main,drums", "--dry-run");

    assertThat(run.exitCode()).isZero();
    assertThat(run.sink().opened).isZero();
    assertThat(folder.resolve("out")).doesNotExist();
    assertThat(run.out())
        .contains("DIRECTORY", "/Main Channel/The Artist - The Title", "/Drum Channel/");
    assertThat(run.out().lines()).hasSize(3);
  }

  @Test
  void aDryRunInJsonPrintsTheMessages() throws WireException {
    CommandRun run =
        submit("music/tagged.mp3", "--channels", "main,drums", "--dry-run", "--format", "json");

    List<String> lines = run.out().lines().toList();
    assertThat(lines).hasSize(2);
    Job job = Wire.read(lines.getFirst().getBytes(StandardCharsets.UTF_8), Job.class);
    assertThat(job.channel().key()).isEqualTo("main");
  }

  @Test
  void inJsonTheSummaryIsOneObject() {
    CommandRun run =
        submit("music/plain.wav", "music/gone.wav", "--channels", "main", "--format", "json");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out().lines()).hasSize(1);
    assertThat(run.out()).contains("\"jobs\":1", "\"refusals\":[{", "gone.wav");
  }

  @Test
  void titlesOfAllKindsArrive() {
    String title = "\u200f\u0634\u0643\u0631\u0627 \ud83d\udd25 " + "x".repeat(300);

    CommandRun run = submit("music/plain.wav", "--channels", "main", "--title", title);

    assertThat(run.sink().job().track().title()).isEqualTo(title);
  }

  @Test
  void publishTimesSpreadOverTheTracks() {
    CommandRun run =
        submit(
            "music",
            "--channels=main",
            "--publish-start=2026-10-24T18:00",
            "--publish-every=1d",
            "--zone=Europe/Berlin");

    assertThat(run.sink().jobs())
        .extracting(job -> String.valueOf(job.publishAt()))
        .containsExactly(
            "2026-10-24T18:00+02:00", "2026-10-25T18:00+01:00", "2026-10-26T18:00+01:00");
  }

  private CommandRun submit(String... args) {
    List<String> all = new ArrayList<>(List.of("submit"));
    all.addAll(List.of(args));
    return CommandRun.of(folder, all.toArray(String[]::new));
  }
}
