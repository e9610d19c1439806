package dev.stemfleet.worker.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stemfleet.common.domain.Product;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.media.SoundFile;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.fixture.DecodedSound;
import dev.stemfleet.fixture.EbuMeter;
import dev.stemfleet.fixture.TestSound;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/// A song's audio products: for two channels that are alike, and for channels with a loudness and
/// stems of their own, which an operator's own assets define.
@ExtendWith(FleetExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class AudioProductsTest {
  private static final TestSound SONG = TestSound.song(4, 0.4, 31);
  private static final List<Stem> BOTH = List.of(Stem.ACAPELLA, Stem.INSTRUMENTAL);
  private static final List<Product> ALL = List.of(Product.MP3, Product.FLAC, Product.WAV);

  private TestFleet fleet;
  private Made main;
  private Made backup;
  private Made off;
  private Made stem;
  private Made narrow;

  @BeforeAll
  void twoSubmits(TestFleet given) throws IOException {
    fleet = given;
    fleet.startWorker("w1");
    SONG.writeWav(fleet.music().resolve("song.wav"));
    MainJobTest.cover(fleet.music().resolve("cover.png"), Color.GREEN);
    submit("batch", "Song", "--channels", "main,backup", "--products", "mp3,flac,wav");
    Path assets = ownAssets();
    submit(
        "own", "Song", "--channels", "main,backup,drums", "--products", "flac", "--assets", assets);

    List<Result> alike = fleet.awaitResults("batch", 2);
    main = made(alike, "main");
    backup = made(alike, "backup");
    List<Result> own = fleet.awaitResults("own", 3);
    off = made(own, "main");
    stem = made(own, "backup");
    narrow = made(own, "drums");
  }

  /// `main` leaves the loudness, `backup` brings each stem to its own, `drums` makes one stem only.
  private Path ownAssets() throws IOException {
    Path shipped = Path.of(System.getProperty("stemfleet.home"), "assets");
    Path own = fleet.folder().resolve("own-assets");
    try (Stream<Path> all = Files.walk(shipped)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Path copy = own.resolve(shipped.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    append(own, "main", "loudness: off\n");
    append(own, "backup", "loudness: stem\n");
    append(own, "drums", "stems: [instrumental]\nloudness: off\n");
    return own;
  }

  private static void append(Path assets, String channel, String text) throws IOException {
    Path file = assets.resolve("channels").resolve(channel + ".yaml");
    Files.writeString(file, "\n" + text, StandardOpenOption.APPEND);
  }

  private void submit(String batch, String title, Object... more) {
    List<Object> line = new ArrayList<>();
    line.addAll(List.of("submit", fleet.music().resolve("song.wav"), "--job", batch));
    line.addAll(List.of("--artist", "Ann", "--title", title, "--bpm", 174, "--key", "F#m"));
    line.addAll(List.of("--genre", "House", "--stems", "acapella,instrumental"));
    line.addAll(List.of("--thumbnail", fleet.music().resolve("cover.png")));
    line.addAll(List.of(more));
    TestFleet.Said said = fleet.stemfleet(line.toArray());
    assertThat(said.exitCode()).as(said.err()).isZero();
  }

  @Test
  @Order(1)
  void acapellaAndInstrumentalAreTheSourceTimesTheGain() {
    double gain = main.result().loudness().gainDb();

    assertThat(sum(main, Product.FLAC).differenceDb(times(gain))).isLessThan(-100);
    assertThat(sum(main, Product.WAV).differenceDb(times(gain))).isLessThan(-100);
    assertThat(sum(off, Product.FLAC).differenceDb(SONG)).isLessThan(-100);
  }

  @Test
  @Order(1)
  void everyStemGetsTheSameGainAndNothingIsLimited() {
    double gain = main.result().loudness().gainDb();
    assertThat(Math.abs(gain)).isGreaterThan(1);
    for (Stem one : BOTH) {
      TestSound unchanged = sound(off, one, Product.FLAC).asSource();
      DecodedSound changed = sound(main, one, Product.FLAC);

      assertThat(changed.gainDb(unchanged)).isCloseTo(gain, within(0.05));
      assertThat(changed.differenceDb(unchanged.times(Math.pow(10, gain / 20)))).isLessThan(-100);
    }
  }

  @Test
  @Order(1)
  void whereLoudnessIsOffNothingIsChanged() {
    assertThat(off.result().loudness().gainDb()).isZero();
    assertThat(off.result().loudness().decidedBy()).isEqualTo("none");
    assertThat(off.result().loudness().integratedLufs()).isNotNull();
  }

  @Test
  @Order(1)
  void whereLoudnessIsByStemEachHasItsOwn() {
    assertThat(stem.result().loudness().decidedBy()).isEqualTo("stem");
    for (Stem one : BOTH) {
      double gain = stem.result().loudness().stemGainDb().get(one);
      EbuMeter before = EbuMeter.of(off.file(one, Product.FLAC));
      EbuMeter after = EbuMeter.of(stem.file(one, Product.FLAC));
      double expected = Math.min(-14 - before.integratedLufs(), -1 - before.truePeakDbtp());

      assertThat(gain).isCloseTo(expected, within(0.2));
      assertThat(after.integratedLufs()).isCloseTo(before.integratedLufs() + gain, within(0.1));
      assertThat(after.truePeakDbtp()).isLessThan(-0.8);
    }
    assertThat(stem.result().loudness().stemGainDb().values().stream().distinct()).hasSize(2);
  }

  @Test
  @Order(1)
  void productsLieOnceForAllChannels() throws IOException {
    for (Product product : ALL) {
      assertThat(main.paths(product)).hasSize(2).isEqualTo(backup.paths(product));
      assertThat(main.paths(product)).allMatch(path -> path.startsWith("batch/Audio/Ann - Song/"));
    }
    try (Stream<Path> files = Files.list(fleet.out().resolve("batch/Audio/Ann - Song"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "Ann - Song Acapella [BPM 87 F#m].mp3",
              "Ann - Song Acapella [BPM 87 F#m].flac",
              "Ann - Song Acapella [BPM 87 F#m].wav",
              "Ann - Song Instrumental [BPM 87 F#m].mp3",
              "Ann - Song Instrumental [BPM 87 F#m].flac",
              "Ann - Song Instrumental [BPM 87 F#m].wav",
              "manifest.json");
    }
    assertThat(main.paths(Product.VIDEO)).hasSize(2);
  }

  @Test
  @Order(1)
  void channelsWithOtherSoundOrStemsDoNotTakeEachOthersProducts() throws IOException {
    List<String> places = new ArrayList<>();
    for (Made made : List.of(off, stem, narrow)) {
      assertThat(made.paths(Product.FLAC)).isNotEmpty();
      for (String path : made.paths(Product.FLAC)) {
        assertThat(fleet.out().resolve(path)).exists();
        places.add(path);
      }
    }
    assertThat(places).doesNotHaveDuplicates();
    new OutputsInView(fleet.out()).areAllWhole();
  }

  @Test
  @Order(1)
  void tagsAndCoverAreReadBack() throws IOException {
    byte[] cover = Files.readAllBytes(fleet.music().resolve("cover.png"));
    for (Product product : ALL) {
      SoundFile file = SoundFile.probe(main.file(Stem.ACAPELLA, product));
      assertThat(file.tags().title()).isEqualTo("Ann - Song Acapella [BPM 87 F#m]");
      assertThat(file.tags().artist()).isEqualTo("Ann");
      assertThat(file.tags().genre()).isEqualTo("House");
      if (product != Product.WAV) {
        assertThat(file.tags().bpm()).isEqualTo("87");
        assertThat(file.tags().key()).isEqualTo("F#m");
        assertThat(Objects.requireNonNull(file.cover()).bytes()).isEqualTo(cover);
      }
    }
  }

  @Test
  @Order(1)
  void anMp3IsAsLongAsTheSong() {
    assertThat(sound(main, Stem.ACAPELLA, Product.MP3).samples()).isEqualTo(SONG.samples());
  }

  @Test
  @Order(2)
  void aCorrectedTitleMakesTagsAnewAndSeparatesNothing() throws IOException {
    Result before = main.result();

    submit("batch", "Sing", "--channels", "main,backup", "--products", "mp3,flac,wav");

    for (String channel : List.of("main", "backup")) {
      Made corrected =
          new Made(
              fleet.out(),
              fleet.awaitResult(
                  r ->
                      r.batch().equals("batch")
                          && r.channel().equals(channel)
                          && r.title().equals("Sing")));
      assertThat(corrected.result().caches().separations()).isZero();
      assertThat(corrected.result().caches().audioEncodes()).isZero();
      Path flac = corrected.file(Stem.ACAPELLA, Product.FLAC);
      assertThat(SoundFile.probe(flac).tags().title())
          .isEqualTo("Ann - Sing Acapella [BPM 87 F#m]");
      assertThat(corrected.paths(Product.FLAC))
          .allMatch(p -> p.startsWith("batch/Audio/Ann - Sing/"));
    }
    assertThat(before.files()).noneMatch(file -> Files.exists(fleet.out().resolve(file.path())));
    new OutputsInView(fleet.out()).areAllWhole();
  }

  private static TestSound times(double gainDb) {
    return SONG.times(Math.pow(10, gainDb / 20));
  }

  private static DecodedSound sum(Made made, Product product) {
    return sound(made, Stem.ACAPELLA, product).plus(sound(made, Stem.INSTRUMENTAL, product));
  }

  private static DecodedSound sound(Made made, Stem stem, Product product) {
    return DecodedSound.of(made.file(stem, product));
  }

  private Made made(List<Result> results, String channel) {
    return results.stream()
        .filter(result -> result.channel().equals(channel))
        .findFirst()
        .map(result -> new Made(fleet.out(), result))
        .orElseThrow();
  }
}
