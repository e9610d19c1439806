package dev.stemfleet.worker.separation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SdrTest {
  private static final float[][] TONE = wave(1, 441);
  private static final float[][] OTHER = wave(1, 1323);

  @Test
  void aQuarterOfTheTruthHasAnErrorOfThreeQuarters() {
    assertThat(Sdr.song(TONE, scaled(TONE, 0.25f))).isCloseTo(2.499, within(0.001));
    assertThat(Sdr.medianOfFrames(TONE, scaled(TONE, 0.25f), 44_100))
        .isCloseTo(2.499, within(0.001));
  }

  @Test
  void silenceAsAnAnswerIsWorthNothing() {
    assertThat(Sdr.song(TONE, new float[2][44_100 * 3])).isCloseTo(0, within(1e-6));
    assertThat(Sdr.song(new float[2][9], new float[2][9])).isZero();
  }

  @Test
  void anErrorOfATenthIsTwentyDecibels() {
    float[][] estimate = sum(TONE, scaled(OTHER, 0.1f));

    assertThat(Sdr.song(TONE, estimate)).isCloseTo(20, within(0.001));
    assertThat(Sdr.scaleInvariant(TONE, estimate)).isCloseTo(20, within(0.001));
  }

  @Test
  void scaleInvariantSdrIsBlindToGain() {
    float[][] estimate = scaled(sum(TONE, scaled(OTHER, 0.1f)), 0.3f);

    assertThat(Sdr.scaleInvariant(TONE, estimate)).isCloseTo(20, within(0.001));
  }

  @Test
  void theMedianTakesWholeSecondsAndLeavesSilentOnesOut() {
    // Given three seconds and a half: 20 dB, silent, 0 dB, and a bad rest
    int second = 44_100;
    float[][] truth = new float[2][second * 7 / 2];
    float[][] estimate = new float[2][second * 7 / 2];
    for (int channel = 0; channel < 2; channel++) {
      for (int i = 0; i < truth[0].length; i++) {
        float sample = i / second == 1 ? 0 : 0.5f;
        truth[channel][i] = sample;
        estimate[channel][i] =
            switch (i / second) {
              case 0 -> sample * 0.9f;
              case 2 -> sample * 2;
              default -> sample * 100;
            };
      }
    }

    assertThat(Sdr.medianOfFrames(truth, estimate, second)).isCloseTo(10, within(0.001));
  }

  @Test
  void consistencySaysHowMuchOfTheMixTheStemsMiss() {
    float[][] mix = sum(TONE, OTHER);

    assertThat(Sdr.consistency(mix, List.of(TONE, OTHER))).isGreaterThan(120);
    assertThat(Sdr.consistency(TONE, List.<float[][]>of(scaled(TONE, 0.9f))))
        .isCloseTo(20, within(0.001));
  }

  private static float[][] wave(float level, double hz) {
    float[][] wave = new float[2][44_100 * 3];
    for (int i = 0; i < wave[0].length; i++) {
      wave[0][i] = (float) (level * Math.sin(2 * Math.PI * hz * i / 44_100));
      wave[1][i] = (float) (level * Math.cos(2 * Math.PI * hz * i / 44_100));
    }
    return wave;
  }

  private static float[][] scaled(float[][] signal, float gain) {
    return sum(signal, signal, gain - 1);
  }

  private static float[][] sum(float[][] one, float[][] other) {
    return sum(one, other, 1);
  }

  private static float[][] sum(float[][] one, float[][] other, float gain) {
    float[][] sum = new float[2][one[0].length];
    for (int channel = 0; channel < 2; channel++) {
      for (int i = 0; i < sum[0].length; i++) {
        sum[channel][i] = one[channel][i] + gain * other[channel][i];
      }
    }
    return sum;
  }
}
