package dev.stemfleet.worker.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stemfleet.common.domain.Product;
import dev.stemfleet.common.media.FfmpegProgram;
import dev.stemfleet.common.message.OutputFile;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.fixture.DecodedSound;
import dev.stemfleet.fixture.TestSound;
import dev.stemfleet.worker.clip.PictureFilesOf;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tracks of all kinds that people have, in one submit, and what becomes of each.
@ExtendWith(FleetExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadInputTest {
  private static final String EMOJI = "Hoşça kal 🎧🏳️‍🌈";
  private static final String RIGHT_TO_LEFT = "שלום العالم";
  private static final String LONG = "Thirty characters of a title, ".repeat(10).strip();
  private static final double ONE_FRAME_SECONDS = 1.0 / 24;

  private final Map<String, Map<String, Object>> tracks = new LinkedHashMap<>();
  private TestFleet fleet;
  private TestFleet.Said said;
  private Map<String, Result> results = Map.of();

  @BeforeAll
  void oneSubmitOfEverything(TestFleet given) throws IOException {
    fleet = given;
    fleet.startWorker("w1");
    MainJobTest.cover(fleet.music().resolve("cover.png"), Color.GREEN);
    soundsOfAllForms();
    titlesOfAllKinds();
    coversOfAllKinds();
    damagedSounds();
    whatIsNoSound();

    said = submitLines("odd", tracks.values().stream().toList());
    results =
        fleet.awaitResults("odd", expectedJobs()).stream()
            .collect(Collectors.toMap(Result::artist, Function.identity()));
  }

  private int expectedJobs() {
    // The four that are refused, and the one that is there twice.
    return tracks.size() - 5;
  }

  private void soundsOfAllForms() {
    track("mono.wav", 1, "-ac", 1);
    track("surround.flac", 2, "-ac", 6);
    track("slow.wav", 3, "-ac", 1, "-ar", 8000);
    track("fast.flac", 4, "-ar", 96_000);
  }

  private void titlesOfAllKinds() throws IOException {
    track("emoji.wav", 5).put("title", EMOJI);
    track("right-to-left.wav", 6).put("title", RIGHT_TO_LEFT);
    track("long.wav", 7).put("title", LONG);
    track("slashes.wav", 8).put("title", "../../etc/ AC\\DC: \"a..b\" ...");
    track("empty.wav", 9).put("title", "");
    track("twice.wav", 16);
    Files.copy(fleet.music().resolve("twice.wav"), fleet.music().resolve("twice again.wav"));
    line("twice again.wav").put("artist", "twice.wav");
  }

  private void coversOfAllKinds() throws IOException {
    track("no cover.wav", 10).remove("thumbnail");
    Files.write(
        fleet.music().resolve("cmyk.jpg"), PictureFilesOf.adobeJpeg(250, 120, 20, 25, false));
    track("cmyk.wav", 11).put("thumbnail", "music/cmyk.jpg");
    byte[] png = Files.readAllBytes(fleet.music().resolve("cover.png"));
    Files.write(fleet.music().resolve("torn.png"), Arrays.copyOf(png, png.length / 2));
    track("torn cover.wav", 12).put("thumbnail", "music/torn.png");
    ImageIO.write(
        new BufferedImage(12_000, 9_000, BufferedImage.TYPE_BYTE_BINARY),
        "png",
        fleet.music().resolve("huge.png").toFile());
    track("huge cover.wav", 13).put("thumbnail", "music/huge.png");
  }

  private void damagedSounds() throws IOException {
    TestSound.bursts(4, 14).write(fleet.music().resolve("whole.mp3"), "-b:a", "128k");
    byte[] mp3 = Files.readAllBytes(fleet.music().resolve("whole.mp3"));
    Files.write(fleet.music().resolve("truncated.mp3"), Arrays.copyOf(mp3, mp3.length / 2 + 77));
    line("truncated.mp3");
    TestSound.silence(1).writeWav(fleet.music().resolve("silence.wav"));
    line("silence.wav");
    TestSound.bursts(0.05, 15).writeWav(fleet.music().resolve("blink.wav"));
    line("blink.wav");
  }

  private void whatIsNoSound() throws IOException {
    line("gone.mp3");
    Files.createFile(fleet.music().resolve("zero.mp3"));
    line("zero.mp3");
    Files.writeString(fleet.music().resolve("text.mp3"), "This is no sound. ".repeat(500));
    line("text.mp3");
    FfmpegProgram.ffmpeg()
        .run(
            "-v",
            "error",
            "-f",
            "lavfi",
            "-i",
            "color=size=64x64:duration=1:rate=5",
            "-an",
            fleet.music().resolve("film.mp4"));
    line("film.mp4");
  }

  @AfterEach
  void noOutputIsHalfThere() throws IOException {
    new OutputsInView(fleet.out()).areAllWhole();
  }

  @Test
  void whatIsNoSoundIsRefusedAndTheOthersGoOn() {
    assertThat(said.exitCode()).as(said.err()).isEqualTo(1);
    assertThat(said.err().lines().filter(line -> line.contains("refused ")))
        .hasSize(4)
        .anyMatch(line -> line.contains("gone.mp3"))
        .anyMatch(line -> line.contains("zero.mp3"))
        .anyMatch(line -> line.contains("text.mp3"))
        .anyMatch(line -> line.contains("film.mp4"));
    assertThat(results.keySet()).doesNotContain("gone.mp3", "zero.mp3", "text.mp3", "film.mp4");
  }

  @Test
  void everythingElseBecomesAVideo() {
    assertThat(results).hasSize(expectedJobs());
    assertThat(results.values()).allSatisfy(result -> assertThat(result.failure()).isNull());
    assertThat(results.values()).allSatisfy(result -> assertThat(videoFile(result)).exists());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mono.wav",
        "surround.flac",
        "slow.wav",
        "fast.flac",
        "emoji.wav",
        "right-to-left.wav",
        "long.wav",
        "slashes.wav",
        "cmyk.wav"
      })
  void ordinaryTracksOfAllFormsWorkWithoutAWarning(String name) {
    Result result = result(name);
    Video video = new Video(videoFile(result));

    assertThat(result.warnings()).isEmpty();
    assertThat(video.probed().get("format").get("duration").asDouble())
        .isCloseTo(1, within(ONE_FRAME_SECONDS));
    assertThat(video.sound().samples()).isEqualTo(TestSound.RATE_HZ);
  }

  @Test
  void monoSoundsOnBothSides() {
    DecodedSound sound = new Video(videoFile(result("mono.wav"))).sound();

    assertThat(
            sound.differenceDb(new TestSound(/* left= */ sound.right(), /* right= */ sound.left())))
        .isLessThan(-60);
  }

  @Test
  void titlesAreKeptAndFoundAgainInNamesAndTags() {
    for (String title : List.of(EMOJI, RIGHT_TO_LEFT)) {
      Result result =
          results.values().stream().filter(r -> r.title().equals(title)).findFirst().orElseThrow();
      assertThat(result.directory()).endsWith(" - " + title);
      assertThat(videoFile(result).getFileName().toString()).contains(title);
      assertThat(
              new Video(videoFile(result)).probed().get("format").get("tags").get("title").asText())
          .contains(title);
    }
  }

  @Test
  void aTitleThatIsTooLongForANameIsCut() {
    Result result = result("long.wav");
    String name = videoFile(result).getFileName().toString();

    assertThat(result.title()).isEqualTo(LONG).hasSizeGreaterThanOrEqualTo(299);
    assertThat(name).endsWith(" Drums [BPM 100].mp4");
    assertThat(name.getBytes(StandardCharsets.UTF_8).length).isBetween(200, 255);
  }

  @Test
  void slashesAndDotsInATitleLeadNowhere() {
    Result result = result("slashes.wav");

    assertThat(result.directory()).isEqualTo("odd/Son Got Stems/slashes.wav - etc AC DC a..b");
    assertThat(videoFile(result).normalize()).startsWith(fleet.out().resolve("odd"));
  }

  @Test
  void anEmptyTitleIsTheFilesName() {
    Result result = result("empty.wav");

    assertThat(result.title()).isEqualTo("empty");
    assertThat(result.warnings()).singleElement().asString().startsWith("title: ");
  }

  @Test
  void theSameTrackTwiceIsOneJobWithAWarning() {
    assertThat(result("twice.wav").warnings())
        .singleElement()
        .asString()
        .contains("twice again.wav", "made once");
  }

  @Test
  void aTrackWithoutACoverGetsAPlaceholder() {
    Result result = result("no cover.wav");

    assertThat(result.warnings()).singleElement().asString().contains("placeholder", "no cover");
    assertThat(middle(result)).isNotEqualTo(middle(result("mono.wav")));
  }

  @Test
  void aCmykCoverHasItsColours() {
    Color orange = middle(result("cmyk.wav"));

    assertThat(orange.getRed()).isCloseTo(225, within(12));
    assertThat(orange.getGreen()).isCloseTo(108, within(12));
    assertThat(orange.getBlue()).isCloseTo(18, within(12));
  }

  @Test
  void aCoverThatCannotBeUsedGetsAPlaceholder() {
    assertThat(result("torn cover.wav").warnings())
        .singleElement()
        .asString()
        .contains("placeholder", "torn.png");
    assertThat(result("huge cover.wav").warnings())
        .singleElement()
        .asString()
        .contains("placeholder", "huge.png", "108 megapixels");
  }

  @Test
  void aTruncatedMp3GivesWhatDecodes() {
    Result result = result("truncated.mp3");
    Video video = new Video(videoFile(result));
    double seconds = (double) video.sound().samples() / TestSound.RATE_HZ;

    assertThat(result.warnings()).singleElement().asString().contains("truncated.mp3", "cut short");
    assertThat(seconds).isBetween(1.8, 2.2);
    assertThat(video.probed().get("format").get("duration").asDouble())
        .isCloseTo(seconds, within(ONE_FRAME_SECONDS));
  }

  @Test
  void silenceStaysSilentWithAWarning() {
    Result result = result("silence.wav");
    DecodedSound sound = new Video(videoFile(result)).sound();

    assertThat(result.warnings()).singleElement().asString().contains("too short or too quiet");
    assertThat(result.loudness().integratedLufs()).isNull();
    assertThat(sound.samples()).isEqualTo(TestSound.RATE_HZ);
    for (float sample : sound.left()) {
      assertThat(Math.abs(sample)).isLessThan(1e-5f);
    }
  }

  @Test
  void aBlinkOfSoundIsAVideoOfTwoFramesAtMost() {
    Result result = result("blink.wav");
    Video video = new Video(videoFile(result));

    assertThat(result.warnings()).singleElement().asString().contains("too short or too quiet");
    assertThat(result.loudness().gainDb()).isZero();
    assertThat(video.frameDigests().size()).isBetween(1, 2);
    assertThat(video.sound().samples()).isEqualTo(TestSound.RATE_HZ / 20);
  }

  private Map<String, Object> track(String name, long seed, Object... form) {
    TestSound.bursts(1, seed).write(fleet.music().resolve(name), form);
    return line(name);
  }

  /// A line of the submit; the artist is the file's name, so that results are easily found.
  private Map<String, Object> line(String name) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("source", "music/" + name);
    line.put("artist", name);
    line.put("title", "T");
    line.put("bpm", 200);
    line.put("thumbnail", "music/cover.png");
    tracks.put(name, line);
    return line;
  }

  private TestFleet.Said submitLines(String batch, List<Map<String, Object>> lines) {
    ObjectMapper json = new ObjectMapper();
    String input =
        lines.stream()
            .map(
                line -> {
                  try {
                    return json.writeValueAsString(line);
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                })
            .collect(Collectors.joining("\n", "", "\n"));
    return fleet.stemfleetReading(
        input, "submit", "-", "--job", batch, "--channels", "main", "--stems", "drums");
  }

  private Result result(String artist) {
    return results.get(artist);
  }

  private Path videoFile(Result result) {
    OutputFile video =
        result.files().stream()
            .filter(file -> file.product() == Product.VIDEO)
            .findFirst()
            .orElseThrow();
    return fleet.out().resolve(video.path());
  }

  private Color middle(Result result) {
    return new Color(new Video(videoFile(result)).firstFrame().getRGB(960, 540));
  }
}
