package dev.stemfleet.worker.separation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SdrMeterTest {
  private static final int FRAME = 1000;

  @Test
  void figuresAreThoseOfAHandfulOfNumbers() {
    // Given Σs² = 4 + 1 + 1 = 6, Σe² = 1 + 0 + 1 = 2, Σŷ² = 1 + 1 = 2, Σs·ŷ = 2 + 1 = 3
    SdrMeter meter = new SdrMeter(FRAME);
    meter.add(new float[][] {{2, 1}, {0, 1}}, new float[][] {{1, 1}, {0, 0}}, 2);

    assertThat(meter.song()).isCloseTo(10 * Math.log10(6.0 / 2), within(1e-6));
    // a = 3 / 6, Σ(a·s)² = 9 / 6, the rest of Σŷ² is 1 / 2
    assertThat(meter.scaleInvariant()).isCloseTo(10 * Math.log10(1.5 / 0.5), within(1e-9));
    assertThat(SdrMeter.mediansOfFrames(List.of(meter)).getFirst())
        .isCloseTo(10 * Math.log10(6.0 / 2), within(1e-9));
  }

  @Test
  void blocksOfAnySizeGiveTheSame() {
    float[][] truth = noise(7, 5500);
    float[][] estimate = noise(8, 5500);
    SdrMeter whole = new SdrMeter(FRAME);
    whole.add(truth, estimate, 5500);

    SdrMeter pieces = new SdrMeter(FRAME);
    for (int from = 0; from < 5500; from += 137) {
      int to = Math.min(5500, from + 137);
      pieces.add(part(truth, from, to), part(estimate, from, to), to - from);
    }

    assertThat(pieces.song()).isCloseTo(whole.song(), within(1e-9));
    assertThat(pieces.scaleInvariant()).isCloseTo(whole.scaleInvariant(), within(1e-9));
    assertThat(SdrMeter.mediansOfFrames(List.of(pieces)).getFirst())
        .isCloseTo(SdrMeter.mediansOfFrames(List.of(whole)).getFirst(), within(1e-9));
  }

  @Test
  void aFrameInWhichAnyStemIsSilentCountsForNone() {
    // Given three frames and a rest; the other stem's truth is silent in the second, its estimate
    // is left = −right in the third
    float[][] truth = noise(1, 3 * FRAME + 10);
    float[][] estimate = copy(truth);
    scale(estimate, 0, FRAME, 0.9f);
    scale(estimate, FRAME, 3 * FRAME + 10, 3);
    float[][] otherTruth = noise(2, 3 * FRAME + 10);
    float[][] otherEstimate = noise(3, 3 * FRAME + 10);
    scale(otherTruth, FRAME, 2 * FRAME, 0);
    for (int i = 2 * FRAME; i < 3 * FRAME; i++) {
      otherEstimate[1][i] = -otherEstimate[0][i];
    }
    SdrMeter one = meter(truth, estimate);
    SdrMeter other = meter(otherTruth, otherEstimate);

    // Then only the first is left
    assertThat(SdrMeter.mediansOfFrames(List.of(one, other)).getFirst())
        .isCloseTo(20, within(1e-4));
    assertThat(SdrMeter.mediansOfFrames(List.of(one)).getFirst()).isLessThan(0);
  }

  @Test
  void aPerfectFrameDoesNotCount() {
    float[][] truth = noise(1, 2 * FRAME);
    float[][] estimate = copy(truth);
    scale(estimate, FRAME, 2 * FRAME, 0.9f);

    assertThat(SdrMeter.mediansOfFrames(List.of(meter(truth, estimate))).getFirst())
        .isCloseTo(20, within(1e-4));
    assertThat(SdrMeter.mediansOfFrames(List.of(meter(truth, truth))).getFirst()).isNaN();
  }

  @Test
  void loudnessMovesNeitherFigureMuch() {
    float[][] truth = noise(1, 4 * FRAME);
    float[][] estimate = noise(2, 4 * FRAME);
    SdrMeter loud = meter(truth, estimate);
    scale(truth, 0, 4 * FRAME, 0.5f);
    scale(estimate, 0, 4 * FRAME, 0.5f);
    SdrMeter soft = meter(truth, estimate);

    assertThat(soft.song()).isCloseTo(loud.song(), within(1e-6));
    assertThat(soft.scaleInvariant()).isCloseTo(loud.scaleInvariant(), within(1e-9));
  }

  @Test
  void silentStemsAreToldApart() {
    SdrMeter nothing = meter(new float[2][FRAME], new float[2][FRAME]);
    SdrMeter leak = meter(new float[2][FRAME], noise(1, FRAME));

    assertThat(nothing.truthIsSilent()).isTrue();
    assertThat(nothing.song()).isZero();
    assertThat(leak.truthIsSilent()).isTrue();
    assertThat(leak.song()).isLessThan(-50);
    assertThat(leak.scaleInvariant()).isNaN();
    assertThat(meter(noise(1, FRAME), new float[2][FRAME]).scaleInvariant()).isNaN();
  }

  @Test
  void whatTheStemsMissIsMeasuredOverBlocks() {
    float[][] mix = noise(1, 400);
    float[][] most = copy(mix);
    scale(most, 0, 400, 0.99f);
    SumMeter sum = new SumMeter();
    sum.add(mix, List.<float[][]>of(most), 300);
    sum.add(part(mix, 300, 400), List.<float[][]>of(part(most, 300, 400)), 100);

    assertThat(sum.decibels()).isCloseTo(40, within(0.001));
  }

  private static SdrMeter meter(float[][] truth, float[][] estimate) {
    SdrMeter meter = new SdrMeter(FRAME);
    meter.add(truth, estimate, truth[0].length);
    return meter;
  }

  private static float[][] noise(long seed, int length) {
    Random random = new Random(seed);
    float[][] noise = new float[2][length];
    for (int i = 0; i < length; i++) {
      noise[0][i] = (float) (0.3 * random.nextGaussian());
      noise[1][i] = (float) (0.3 * random.nextGaussian());
    }
    return noise;
  }

  private static float[][] part(float[][] signal, int from, int to) {
    return new float[][] {
      Arrays.copyOfRange(signal[0], from, to), Arrays.copyOfRange(signal[1], from, to)
    };
  }

  private static float[][] copy(float[][] signal) {
    return part(signal, 0, signal[0].length);
  }

  private static void scale(float[][] signal, int from, int to, float gain) {
    for (int i = from; i < to; i++) {
      signal[0][i] *= gain;
      signal[1][i] *= gain;
    }
  }
}
