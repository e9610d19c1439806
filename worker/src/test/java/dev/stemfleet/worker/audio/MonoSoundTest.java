package dev.stemfleet.worker.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MonoSoundTest {
  private static final int RATE_HZ = 24_000;

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 24_000, 100_001})
  void asMuchComesOutAsGoesIn(int samples) {
    float[] left = resampled(new float[samples]);

    assertThat(left).hasSize((int) MonoSound.samples(samples, RATE_HZ));
    assertThat(left.length / 44_100.0)
        .isBetween(samples / 24_000.0 - 3e-5, samples / 24_000.0 + 3e-5);
  }

  @Test
  void aToneStaysTheToneThatItWasAndWhereItWas() {
    float[] left = resampled(tone(RATE_HZ, 440));

    double worst = 0;
    for (int i = 1_000; i < 43_000; i++) {
      worst = Math.max(worst, Math.abs(left[i] - 0.5 * Math.sin(2 * Math.PI * 440 * i / 44_100.0)));
    }
    assertThat(worst).isLessThan(0.001);
  }

  @ParameterizedTest
  @CsvSource({"44100, 24000, 1000", "24000, 16000, 5000"})
  void aToneStaysWhatItIsAtOtherRates(int from, int to, double hz) {
    float[] out = MonoSound.resampled(tone(from, hz), from, to);

    assertThat(out).hasSize(to);
    for (int i = 200; i < to - 200; i += 37) {
      assertThat((double) out[i])
          .as("sample %d", i)
          .isCloseTo(0.5 * Math.sin(2 * Math.PI * hz * i / to), within(1e-3));
    }
  }

  @Test
  void whatTheNewRateCannotHoldIsGone() {
    float[] out = MonoSound.resampled(tone(44_100, 14_000), 44_100, 24_000);

    for (int i = 200; i < out.length - 200; i += 37) {
      assertThat(Math.abs(out[i])).isLessThan(1e-3f);
    }
  }

  private static float[] tone(int rateHz, double hz) {
    float[] tone = new float[rateHz];
    for (int i = 0; i < rateHz; i++) {
      tone[i] = (float) (0.5 * Math.sin(2 * Math.PI * hz * i / rateHz));
    }
    return tone;
  }

  private static float[] resampled(float[] mono) {
    float[] all = new float[2 * mono.length + 100];
    int[] at = {0};
    try (MonoSound sound =
        new MonoSound(
            RATE_HZ,
            (left, right, count) -> {
              assertThat(Arrays.copyOf(right, count)).isEqualTo(Arrays.copyOf(left, count));
              System.arraycopy(left, 0, all, at[0], count);
              at[0] += count;
            })) {
      sound.write(mono, mono.length);
      sound.finish();
    }
    return Arrays.copyOf(all, at[0]);
  }
}
