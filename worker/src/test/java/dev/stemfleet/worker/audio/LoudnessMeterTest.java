package dev.stemfleet.worker.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stemfleet.common.domain.LoudnessMode;
import dev.stemfleet.common.domain.Progress;
import dev.stemfleet.common.domain.Trim;
import dev.stemfleet.common.media.FfmpegProgram;
import dev.stemfleet.fixture.TestSound;
import dev.stemfleet.worker.audio.GainPlan.DecidedBy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LoudnessMeterTest {
  private static final Pattern INTEGRATED = Pattern.compile("lavfi\\.r128\\.I=(-?[0-9.]+)");
  private static final Pattern PEAK = Pattern.compile("Peak:\\s+(-?[0-9.]+) dBFS");

  @TempDir Path folder;

  static Stream<TestSound> sounds() {
    TestSound song = TestSound.song(12, 0.9, 5);
    TestSound quiet = TestSound.song(6, 0.01, 6);
    return Stream.of(
        song,
        // Both gates have work: silence and a passage 39 dB below the rest.
        song.then(TestSound.silence(4)).then(quiet),
        TestSound.bursts(5, 3),
        TestSound.tone(3, 997, 0.25),
        // A quarter of the rate, off phase: its samples miss its peaks by 3 dB.
        betweenSamples());
  }

  private static TestSound betweenSamples() {
    float[] wave = new float[3 * 44_100];
    for (int i = 0; i < wave.length; i++) {
      double fade = Math.sin(Math.PI * i / wave.length);
      wave[i] = (float) (0.5 * fade * Math.sin(Math.PI * i / 2 + Math.PI / 4));
    }
    return new TestSound(wave, wave.clone());
  }

  @ParameterizedTest
  @MethodSource("sounds")
  void loudnessAndTruePeakAgreeWithAnotherMeter(TestSound sound) {
    FfmpegProgram.Output other = ebur128(sound);

    Loudness ours = measure(sound);

    assertThat(ours.integratedLufs()).isCloseTo(last(INTEGRATED, other.text()), within(0.1));
    assertThat(ours.truePeakDbtp()).isCloseTo(last(PEAK, other.err()), within(0.2));
  }

  /// The filter's figures: loudness to three decimals on standard output, peak in the summary.
  private FfmpegProgram.Output ebur128(TestSound sound) {
    Path file = sound.writeWav(folder.resolve("a.wav"));
    String filter = "ebur128=peak=true:metadata=1,ametadata=print:key=lavfi.r128.I:file=-";
    return FfmpegProgram.ffmpeg().run("-i", file, "-af", filter, "-f", "null", "-");
  }

  private static double last(Pattern pattern, String text) {
    List<String> found = new ArrayList<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return Double.parseDouble(found.getLast());
  }

  private static Loudness measure(TestSound sound) {
    LoudnessMeter meter = new LoudnessMeter();
    meter.write(sound.left(), sound.right(), sound.samples());
    return meter.loudness();
  }

  @Test
  void theReferenceToneReadsAsTheRecommendationSays() {
    // BS.1770: a sine of 997 Hz at 0 dBFS on one channel reads -3.01 LUFS; on both at -20, -20.
    assertThat(measure(TestSound.tone(2, 997, 0.1)).integratedLufs())
        .isCloseTo(-20.0, within(0.05));
  }

  @Test
  void theSizeOfBlocksChangesNothing() {
    TestSound sound = TestSound.song(2, 0.8, 9);
    LoudnessMeter meter = new LoudnessMeter();
    for (int from = 0; from < sound.samples(); from += 777) {
      TestSound part = sound.part(from, Math.min(from + 777, sound.samples()));
      meter.write(part.left(), part.right(), part.samples());
    }

    assertThat(meter.loudness().integratedLufs())
        .isCloseTo(measure(sound).integratedLufs(), within(1e-9));
    assertThat(meter.loudness().truePeakDbtp())
        .isCloseTo(measure(sound).truePeakDbtp(), within(1e-9));
  }

  @Test
  void aPeakOnTheVeryLastSampleIsSeen() {
    TestSound sound = TestSound.silence(0.1);
    sound.left()[sound.samples() - 1] = 0.5f;
    TruePeakMeter meter = new TruePeakMeter();
    meter.write(sound.left(), sound.right(), sound.samples());

    assertThat(meter.linear()).isEqualTo(0.5);
    assertThat(meter.linear()).as("asking changes nothing").isEqualTo(0.5);
  }

  @Test
  void silenceAndABlipHaveNoLoudnessAndGetNoGainButAWarning() {
    for (TestSound sound : List.of(TestSound.silence(3), TestSound.tone(0.05, 440, 0.3))) {
      Loudness measured = measure(sound);
      GainPlan plan = GainPlan.of(LoudnessMode.MIX, measured);

      assertThat(measured.integratedLufs()).isNull();
      assertThat(plan.gainDb()).isZero();
      assertThat(plan.decidedBy()).isEqualTo(DecidedBy.NONE);
      assertThat(plan.warnings()).hasSize(1);
    }
    assertThat(measure(TestSound.silence(1)).truePeakDbtp()).isNegative().isInfinite();
  }

  @Test
  void aDenseSongIsBroughtToItsTarget() {
    TestSound dense = TestSound.song(8, 1, 1);

    GainPlan plan = planFor(dense);

    assertThat(plan.decidedBy()).isEqualTo(DecidedBy.LOUDNESS);
    assertThat(measure(dense.times(plan.factor())).integratedLufs()).isCloseTo(-14.0, within(0.05));
  }

  @Test
  void aSongWithHighPeaksStopsAtTheCeiling() {
    TestSound peaky = TestSound.song(8, 0.1, 1);
    for (int i = 0; i < peaky.samples(); i += 22_050) {
      peaky.left()[i] = 0.7f;
    }

    GainPlan plan = planFor(peaky);

    assertThat(plan.decidedBy()).isEqualTo(DecidedBy.CEILING);
    Loudness after = measure(peaky.times(plan.factor()));
    assertThat(after.truePeakDbtp()).isCloseTo(-1.0, within(0.01));
    assertThat(after.integratedLufs()).isLessThan(-14.0);
  }

  private GainPlan planFor(TestSound sound) {
    Path file = sound.writeWav(folder.resolve("song.wav"));
    List<Double> progress = new ArrayList<>();
    Progress listener = progress::add;
    TrackMeasurement measured =
        TrackMeasurement.of(file, Trim.NONE, (left, right, samples) -> {}, listener);
    assertThat(measured.samples()).isEqualTo(sound.samples());
    assertThat(measured.warnings()).isEmpty();
    assertThat(progress).isSorted().last().isEqualTo(1.0);
    return GainPlan.of(LoudnessMode.MIX, measured.loudness());
  }
}
