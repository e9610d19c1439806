package dev.stemfleet.worker.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stemfleet.common.domain.Product;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.fixture.DecodedSound;
import dev.stemfleet.fixture.EbuMeter;
import dev.stemfleet.fixture.TestSound;
import java.awt.Color;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What one hears in the videos against what was submitted: sources of all codings, from fresh
/// stems (channel `main`) and from stored ones (channel `backup`), loud and soft.
@ExtendWith(FleetExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SoundProofTest {
  private static final List<String> CODINGS = List.of("wav", "flac", "mp3", "ogg", "m4a", "opus");

  /// Odd on purpose: no multiple of any coder's frame.
  private static final TestSound SOUND = TestSound.bursts(2.7183, 21);

  /// Dense: its peaks leave room for -14 LUFS.
  private static final TestSound DENSE = TestSound.bursts(4, 22).times(0.3);

  /// Sharp: short strokes over something soft, which reach the ceiling first.
  private static final TestSound SHARP = strokes(8);

  private TestFleet fleet;
  private List<Result> fresh = List.of();
  private List<Result> stored = List.of();

  @BeforeAll
  void everySourceForTwoChannelsOneAfterTheOther(TestFleet given) throws IOException {
    fleet = given;
    fleet.startWorker("w1");
    MainJobTest.cover(fleet.music().resolve("cover.png"), Color.GREEN);
    for (String coding : CODINGS) {
      SOUND.write(fleet.music().resolve(coding + "." + coding), options(coding));
    }
    DENSE.writeWav(fleet.music().resolve("dense.wav"));
    SHARP.writeWav(fleet.music().resolve("sharp.wav"));
    int tracks = CODINGS.size() + 2;

    submit("main");
    fresh = fleet.awaitResults("proof", tracks);
    submit("backup");
    stored =
        fleet.awaitResults("proof", 2 * tracks).stream()
            .filter(result -> result.channel().equals("backup"))
            .toList();
  }

  private static TestSound strokes(int count) {
    TestSound strokes = TestSound.bursts(0.02, 24).then(TestSound.bursts(0.48, 25).times(0.1));
    return count == 1 ? strokes : strokes.then(strokes(count - 1));
  }

  private static Object[] options(String coding) {
    return switch (coding) {
      case "mp3", "m4a", "opus" -> new Object[] {"-b:a", "256k"};
      default -> new Object[0];
    };
  }

  private void submit(String channel) {
    List<Object> line = new ArrayList<>(List.of("submit", "--job", "proof", "--artist", "Ann"));
    line.addAll(List.of("--channels", channel, "--stems", "acapella,instrumental"));
    line.addAll(List.of("--thumbnail", fleet.music().resolve("cover.png"), fleet.music()));
    TestFleet.Said said = fleet.stemfleet(line.toArray());
    assertThat(said.exitCode()).as(said.err()).isZero();
  }

  @Test
  void storedStemsAreUsedForTheSecondChannel() {
    assertThat(fresh).allSatisfy(result -> assertThat(result.caches().separations()).isOne());
    assertThat(stored).allSatisfy(result -> assertThat(result.caches().separations()).isZero());
    assertThat(stored).allSatisfy(result -> assertThat(result.caches().audioEncodes()).isZero());
  }

  @ParameterizedTest
  @CsvSource({
    "wav, fresh", "flac, fresh", "mp3, fresh", "ogg, fresh", "m4a, fresh", "opus, fresh",
    "wav, stored", "flac, stored", "mp3, stored", "ogg, stored", "m4a, stored", "opus, stored"
  })
  void theSoundLiesWithinOneSampleOfTheSource(String coding, String from) {
    Made made = made(from.equals("fresh") ? fresh : stored, coding);
    // Some coders round a file's length; what any player hears of the file is the source.
    DecodedSound source = DecodedSound.of(fleet.music().resolve(coding + "." + coding));
    TestSound expected =
        source.asSource().times(Math.pow(10, made.result().loudness().gainDb() / 20));

    DecodedSound sum = sum(made);

    assertThat(source.offsetAtStart(SOUND)).isBetween(-1, 1);
    assertThat(sum.samples()).isCloseTo(source.samples(), within(1));
    assertThat(sum.offsetAtStart(expected)).isBetween(-1, 1);
    assertThat(sum.offsetAtEnd(expected)).isBetween(-1, 1);
    assertThat(sum.differenceDb(expected)).isLessThan(-20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"wav", "flac", "mp3", "ogg", "m4a", "opus"})
  void storedSoundIsTheSameToTheSample(String coding) {
    for (Stem stem : List.of(Stem.ACAPELLA, Stem.INSTRUMENTAL)) {
      DecodedSound one = made(fresh, coding).video(stem).sound();
      DecodedSound other = made(stored, coding).video(stem).sound();
      assertThat(other.left()).isEqualTo(one.left());
    }
  }

  @ParameterizedTest
  @CsvSource({"dense, loudness", "sharp, ceiling"})
  void theMixIsAsLoudAsTheResultPredicts(String song, String decidedBy) {
    Made made = made(fresh, song);
    Result result = made.result();
    double gain = result.loudness().gainDb();

    assertThat(result.loudness().decidedBy()).isEqualTo(decidedBy);
    assertThat(
            Math.min(
                -14 - result.loudness().integratedLufs(), -1 - result.loudness().truePeakDbtp()))
        .isCloseTo(gain, within(1e-9));
    EbuMeter source = EbuMeter.of(fleet.music().resolve(song + ".wav"));
    EbuMeter heard =
        EbuMeter.of(
            made.file(Stem.ACAPELLA, Product.VIDEO), made.file(Stem.INSTRUMENTAL, Product.VIDEO));
    assertThat(heard.integratedLufs())
        .isCloseTo(result.loudness().integratedLufs() + gain, within(0.3))
        .isCloseTo(source.integratedLufs() + gain, within(0.3));
    if (decidedBy.equals("loudness")) {
      assertThat(heard.integratedLufs()).isCloseTo(-14, within(0.3));
    } else {
      assertThat(heard.integratedLufs()).isLessThan(-14);
      assertThat(heard.truePeakDbtp()).isCloseTo(-1, within(0.5));
    }
  }

  private Made made(List<Result> results, String title) {
    return results.stream()
        .filter(result -> result.title().equals(title))
        .findFirst()
        .map(result -> new Made(fleet.out(), result))
        .orElseThrow();
  }

  private static DecodedSound sum(Made made) {
    return made.video(Stem.ACAPELLA).sound().plus(made.video(Stem.INSTRUMENTAL).sound());
  }
}
