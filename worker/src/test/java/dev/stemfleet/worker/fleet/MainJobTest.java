package dev.stemfleet.worker.fleet;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stemfleet.common.domain.Product;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.message.CacheCounts;
import dev.stemfleet.common.message.OutputFile;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.common.metrics.Label;
import dev.stemfleet.common.metrics.Meter;
import dev.stemfleet.fixture.DecodedSound;
import dev.stemfleet.fixture.TestSound;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/// One worker's life: a track for three channels, the next track, a further channel, the same
/// again.
@ExtendWith(FleetExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class MainJobTest {
  private static final int FRAMES_PER_SECOND = 24;

  private TestFleet fleet;
  private WorkerUnderTest worker;
  private TestSound song;
  private List<Result> first = List.of();

  @BeforeAll
  void oneTrackForThreeChannels(TestFleet given) throws IOException {
    fleet = given;
    song = TestSound.bursts(7.3, 11);
    song.writeWav(fleet.music().resolve("one.wav"));
    cover(fleet.music().resolve("one.png"), Color.RED);
    worker = fleet.worker("w1", "--http", "127.0.0.1:0");
    TestFleet.Said said =
        submit("one.wav", "one.png", "--title", "First", "--channels", "main,backup,drums");
    assertThat(said.exitCode()).as(said.err()).isZero();
    first = fleet.awaitResults("batch", 3);
  }

  @Test
  @Order(1)
  void everyChannelGetsOneVideoPerStem() {
    assertThat(first).allSatisfy(result -> assertThat(result.succeeded()).isTrue());
    assertThat(first).extracting(Result::warnings).containsOnly(List.of());
    assertThat(first).allSatisfy(result -> assertThat(videos(result)).hasSize(5));
    assertThat(first)
        .extracting(Result::directory)
        .containsExactlyInAnyOrder(
            "batch/Son Got Stems/Ann - First",
            "batch/Son Got Stems 2/Ann - First",
            "batch/Son Got Drums/Ann - First");
  }

  @Test
  @Order(1)
  void theWorkersPagesSayThatItIsReadyAndWhatItDid() throws Exception {
    Matcher shown = Pattern.compile("http=\"([^\"]+)\"").matcher(worker.log());
    assertThat(shown.find()).as(worker.log()).isTrue();
    String address = shown.group(1);

    assertThat(Scrape.page(address, "/healthz")).isEqualTo("ok\n");
    assertThat(Scrape.page(address, "/readyz")).isEqualTo("ok\n");
    Scrape scrape = Scrape.parse(Scrape.page(address, "/metrics"));
    assertThat(scrape.sum("stemfleet_jobs_total", Map.of("state", "succeeded"))).isEqualTo(3);
    assertThat(scrape.sum("stemfleet_jobs_total", Map.of())).isEqualTo(3);
    assertThat(scrape.sum("stemfleet_job_seconds_count", Map.of())).isEqualTo(3);
    assertThat(scrape.sum("stemfleet_stage_seconds_count", Map.of("stage", "separate")))
        .isPositive();
    assertThat(scrape.sum("stemfleet_cache_loads_total", Map.of("cache", "icon"))).isEqualTo(5);
    assertThat(Arrays.stream(Meter.values()).filter(m -> m.source() == Meter.Source.WORKER))
        .filteredOn(meter -> meter != Meter.JOB_RETRIES) // there was none
        .allSatisfy(
            meter ->
                assertThat(scrape.labels(meter.key()))
                    .isEqualTo(meter.labels().stream().map(Label::key).collect(toSet())));
  }

  @Test
  @Order(1)
  void everyFileIsWhatTheResultSays() throws IOException {
    for (Result result : first) {
      for (OutputFile file : result.files()) {
        Path there = fleet.out().resolve(file.path());
        assertThat(Files.size(there)).isEqualTo(file.bytes());
        assertThat(Sha256.ofFile(there)).isEqualTo(file.sha256());
      }
    }
  }

  @Test
  @Order(1)
  void aColdWorkerLoadsEachPictureOnceAndSeparatesOnce() {
    CacheCounts sum = sum(first);

    assertThat(sum.backgroundLoads()).isEqualTo(1);
    assertThat(sum.thumbnailLoads()).isEqualTo(1);
    assertThat(sum.watermarkLoads()).isEqualTo(3);
    assertThat(sum.iconLoads()).isEqualTo(5);
    assertThat(sum.clipLoads()).isEqualTo(10);
    assertThat(sum.baseLoads()).isEqualTo(1);
    assertThat(sum.separations()).isEqualTo(1);
    assertThat(sum.audioEncodes()).isEqualTo(5);
  }

  @Test
  @Order(1)
  void aVideoIsAsLongAsTheSoundAndEveryFrameIsTheSame() {
    Video video = video(channel(first, "main"), Stem.DRUMS);
    List<String> digests = video.frameDigests();

    assertThat((double) digests.size()).isCloseTo(song.seconds() * FRAMES_PER_SECOND, within(1.0));
    assertThat(digests.stream().distinct()).hasSize(1);
    JsonNode picture = video.stream("video");
    assertThat(picture.get("r_frame_rate").asText()).isEqualTo("24/1");
    assertThat(picture.get("width").asInt()).isEqualTo(1920);
    assertThat(picture.get("color_space").asText()).isEqualTo("bt709");
    assertThat(video.probed().get("format").get("duration").asDouble())
        .isCloseTo(song.seconds(), within(1.0 / FRAMES_PER_SECOND));
  }

  @Test
  @Order(1)
  void theSoundIsSampleExactAndAcapellaAndInstrumentalAreTheMix() {
    Result result = channel(first, "main");
    DecodedSound acapella = video(result, Stem.ACAPELLA).sound();
    DecodedSound instrumental = video(result, Stem.INSTRUMENTAL).sound();
    TestSound expected = song.times(Math.pow(10, result.loudness().gainDb() / 20));

    DecodedSound sum = sum(acapella, instrumental);

    assertThat(sum.samples()).isEqualTo(song.samples());
    assertThat(sum.offsetAtStart(expected)).isBetween(-1, 1);
    assertThat(sum.offsetAtEnd(expected)).isBetween(-1, 1);
    assertThat(sum.differenceDb(expected)).isLessThan(-20);
  }

  @Test
  @Order(1)
  void theMetadataSaysWhatAnUploaderNeeds() throws IOException {
    Result result = channel(first, "main");
    Path json =
        fleet.out().resolve(result.directory()).resolve("Ann - First Bass [BPM 124 Am].json");

    JsonNode metadata = new ObjectMapper().readTree(json.toFile());

    assertThat(metadata.get("title").asText()).isEqualTo("Ann - First Bass [BPM 124 Am]");
    assertThat(metadata.get("tags").get(0).asText()).isEqualTo("Ann");
    assertThat(metadata.get("thumbnail").asText()).isEqualTo("cover.png");
    assertThat(json.resolveSibling("cover.png")).exists();
    assertThat(video(result, Stem.BASS).probed().get("format").get("tags").get("title").asText())
        .isEqualTo("Ann - First Bass [BPM 124 Am]");
  }

  @Test
  @Order(1)
  void theResultTellsLoudnessModelAndTimings() {
    Result result = channel(first, "main");

    assertThat(result.loudness().integratedLufs()).isNotNull();
    assertThat(result.loudness().decidedBy()).isIn("loudness", "ceiling", "stem_peak");
    assertThat(result.model().id()).isEqualTo("builtin");
    assertThat(result.model().device()).isEqualTo("cpu");
    assertThat(result.videoEncoder()).isEqualTo("libx264");
    assertThat(result.stageSeconds()).containsKeys("resolve", "draw", "video");
  }

  @Test
  @Order(1)
  void nothingElseLiesInTheOutputRoot() throws IOException {
    try (Stream<Path> files = Files.walk(fleet.out())) {
      List<String> unknown =
          files
              .filter(Files::isRegularFile)
              .map(file -> fleet.out().relativize(file).toString())
              .filter(file -> !file.startsWith(".stemfleet"))
              .filter(file -> !file.endsWith("manifest.json"))
              .filter(
                  file ->
                      first.stream()
                          .flatMap(r -> r.files().stream())
                          .noneMatch(f -> f.path().equals(file)))
              .toList();
      assertThat(unknown).isEmpty();
    }
  }

  @Test
  @Order(2)
  void theNextTrackLoadsItsCoverAndNothingElse() throws IOException {
    TestSound.bursts(3, 12).writeWav(fleet.music().resolve("two.wav"));
    cover(fleet.music().resolve("two.png"), Color.BLUE);
    submit("two.wav", "two.png", "--title", "Second", "--channels", "main,backup,drums");

    List<Result> second =
        fleet.awaitResults("batch", 6).stream().filter(r -> r.title().equals("Second")).toList();

    CacheCounts sum = sum(second);
    assertThat(sum.clipLoads()).isEqualTo(1);
    assertThat(sum.thumbnailLoads()).isEqualTo(1);
    assertThat(sum.separations()).isEqualTo(1);
  }

  @Test
  @Order(3)
  void aFurtherChannelCostsNeitherSeparationNorEncoding() {
    submit("one.wav", "one.png", "--title", "First", "--channels", "acapellas");

    Result further = channel(fleet.awaitResults("batch", 7), "acapellas");

    assertThat(further.caches().separations()).isZero();
    assertThat(further.caches().audioEncodes()).isZero();
    assertThat(further.caches().clipLoads()).isEqualTo(1);
    assertThat(further.caches().watermarkLoads()).isEqualTo(1);
    DecodedSound cached = video(further, Stem.DRUMS).sound();
    assertThat(cached.samples()).isEqualTo(song.samples());
  }

  @Test
  @Order(4)
  void theSameAgainIsOnlyReportedAgain() {
    submit("one.wav", "one.png", "--title", "First", "--channels", "main");

    Result again = awaitRunAfter(channel(first, "main"));

    assertThat(again.replayed()).isTrue();
    assertThat(again.files()).isEqualTo(channel(first, "main").files());
  }

  @Test
  @Order(5)
  void aCorrectedTitleMakesNamesAnewButNotStems() {
    Result before = awaitRunAfter(channel(first, "main"));
    submit("one.wav", "one.png", "--title", "Corrected", "--channels", "main");

    Result corrected = awaitRunAfter(before);

    assertThat(corrected.jobId()).isEqualTo(before.jobId());
    assertThat(corrected.directory()).isEqualTo("batch/Son Got Stems/Ann - Corrected");
    assertThat(corrected.caches().separations()).isZero();
    assertThat(corrected.caches().audioEncodes()).isZero();
    assertThat(fleet.out().resolve(before.directory())).doesNotExist();
  }

  @Test
  @Order(6)
  void portraitVideosHaveTheirOwnLook() throws IOException {
    submit("one.wav", "one.png", "--title", "First", "--channels", "tiktok", "--stems", "drums");

    Result portrait = channel(fleet.awaitResults("batch", 8), "tiktok");
    BufferedImage frame = video(portrait, Stem.DRUMS).firstFrame();

    assertThat(frame.getWidth()).isEqualTo(1080);
    assertThat(frame.getHeight()).isEqualTo(1920);
    Color middle = new Color(frame.getRGB(540, 960));
    assertThat(middle.getRed()).isGreaterThan(240);
    assertThat(middle.getGreen()).isLessThan(15);
    // The thumbnail reaches from 420 to 1500; above and below is the background.
    assertThat(new Color(frame.getRGB(540, 430)).getRed()).isGreaterThan(240);
    assertThat(frame.getRGB(540, 410)).isNotEqualTo(frame.getRGB(540, 430));
  }

  /// The next run of a job.
  private Result awaitRunAfter(Result earlier) {
    return fleet.awaitResult(
        result ->
            result.jobId().equals(earlier.jobId()) && result.run().compareTo(earlier.run()) > 0);
  }

  private TestFleet.Said submit(String sound, String cover, Object... more) {
    List<Object> line = new ArrayList<>();
    line.addAll(List.of("submit", fleet.music().resolve(sound), "--job", "batch"));
    line.addAll(List.of("--thumbnail", fleet.music().resolve(cover)));
    line.addAll(List.of("--artist", "Ann", "--bpm", "124", "--key", "Am"));
    line.addAll(List.of(more));
    return fleet.stemfleet(line.toArray());
  }

  private static Result channel(List<Result> results, String key) {
    return results.stream()
        .filter(result -> result.channel().equals(key) && result.title().equals("First"))
        .findFirst()
        .orElseThrow();
  }

  private Video video(Result result, Stem stem) {
    return videos(result).stream()
        .filter(file -> file.stem() == stem)
        .map(file -> new Video(fleet.out().resolve(file.path())))
        .findFirst()
        .orElseThrow();
  }

  private static List<OutputFile> videos(Result result) {
    return result.files().stream().filter(file -> file.product() == Product.VIDEO).toList();
  }

  private static CacheCounts sum(List<Result> results) {
    return results.stream().map(Result::caches).reduce(CacheCounts.NONE, CacheCounts::plus);
  }

  private static DecodedSound sum(DecodedSound one, DecodedSound other) {
    assertThat(one.samples()).isEqualTo(other.samples());
    float[] left = new float[one.samples()];
    float[] right = new float[one.samples()];
    for (int i = 0; i < left.length; i++) {
      left[i] = one.left()[i] + other.left()[i];
      right[i] = one.right()[i] + other.right()[i];
    }
    return new DecodedSound(left, right);
  }

  static void cover(Path file, Color color) throws IOException {
    BufferedImage picture = new BufferedImage(600, 600, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = picture.createGraphics();
    pen.setColor(color);
    pen.fillRect(0, 0, 600, 600);
    pen.dispose();
    ImageIO.write(picture, "png", file.toFile());
  }
}
