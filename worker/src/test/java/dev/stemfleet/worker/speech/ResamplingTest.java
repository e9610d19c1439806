package dev.stemfleet.worker.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResamplingTest {
  @ParameterizedTest
  @CsvSource({"44100, 24000, 1000", "24000, 16000, 7000", "24000, 44100, 10500"})
  void aToneStaysWhatItIs(int from, int to, double hz) {
    float[] out = Resampling.of(tone(from, hz), from, to);

    assertThat(out).hasSize(to);
    for (int i = 200; i < to - 200; i += 37) {
      assertThat((double) out[i])
          .as("sample %d", i)
          .isCloseTo(0.5 * Math.sin(2 * Math.PI * hz * i / to), within(1e-4));
    }
  }

  @Test
  void whatTheNewRateCannotHoldIsGone() {
    float[] out = Resampling.of(tone(44_100, 14_000), 44_100, 24_000);

    for (int i = 200; i < out.length - 200; i += 37) {
      assertThat(Math.abs(out[i])).isLessThan(1e-4f);
    }
  }

  private static float[] tone(int rateHz, double hz) {
    float[] tone = new float[rateHz];
    for (int i = 0; i < rateHz; i++) {
      tone[i] = (float) (0.5 * Math.sin(2 * Math.PI * hz * i / rateHz));
    }
    return tone;
  }
}
