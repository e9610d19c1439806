package dev.stemfleet.worker.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
    float[] tone = new float[RATE_HZ];
    for (int i = 0; i < tone.length; i++) {
      tone[i] = (float) (0.5 * Math.sin(2 * Math.PI * 440 * i / RATE_HZ));
    }

    float[] left = resampled(tone);

    double worst = 0;
    for (int i = 1_000; i < 43_000; i++) {
      worst = Math.max(worst, Math.abs(left[i] - 0.5 * Math.sin(2 * Math.PI * 440 * i / 44_100.0)));
    }
    assertThat(worst).isLessThan(0.001);
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
