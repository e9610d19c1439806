package dev.stemfleet.worker.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stemfleet.common.domain.speech.Levelling;
import dev.stemfleet.common.domain.speech.Levelling.Method;
import dev.stemfleet.common.domain.speech.Pauses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpokenLevelTest {
  private static final int RATE_HZ = 24_000;

  @Test
  void aFullScaleSineReadsWhatTheRecommendationGives() {
    assertThat(SpokenLevel.measured(Method.LUFS, sine(997, 1), x -> x))
        .isCloseTo(-2.98, within(0.01));
    assertThat(SpokenLevel.measured(Method.RMS, sine(997, 1), x -> x))
        .isCloseTo(-3.01, within(0.01));
    assertThat(SpokenLevel.measured(Method.PEAK, sine(997, 1), x -> x)).isCloseTo(0, within(0.01));
  }

  @ParameterizedTest
  @CsvSource({
    "PEAK, -1.5, 0",
    "PEAK, -1.5, 0.05",
    "PEAK, -6, 1",
    "RMS, -20, 0",
    "RMS, -20, 0.5",
    "LUFS, -23, 0",
    "LUFS, -16, 0.3"
  })
  void theLevelIsWhatWasAskedForAlsoAfterTheCurve(Method method, double target, double saturation) {
    SpokenLine line = sine(300, 0.2);
    SpokenLevel level = SpokenLevel.of(new Levelling(method, target, saturation), line);

    Double after = SpokenLevel.measured(method, line, x -> applied(level, x));

    assertThat(after).isCloseTo(target, within(0.01));
  }

  @Test
  void theCurveFlattensPeaks() {
    SpokenLine line = sine(300, 0.2);
    SpokenLevel straight = SpokenLevel.of(new Levelling(Method.PEAK, -1.5, 0), line);
    SpokenLevel bent = SpokenLevel.of(new Levelling(Method.PEAK, -1.5, 1), line);

    assertThat(applied(bent, 0.1) / applied(bent, 0.2))
        .isGreaterThan(applied(straight, 0.1) / applied(straight, 0.2) + 0.1f);
  }

  @Test
  void offChangesNothing() {
    SpokenLevel level = SpokenLevel.of(new Levelling(Method.OFF, -1.5, 1), sine(300, 0.2));

    assertThat(applied(level, 0.2)).isEqualTo(0.2f);
    assertThat(level.measuredDb()).isNull();
  }

  @Test
  void loudnessMayPassFullScaleAndThatIsCounted() {
    SpokenLine line = sine(311, 0.2);
    SpokenLevel level = SpokenLevel.of(new Levelling(Method.RMS, 0, 0), line);
    Clipping clipping = new Clipping();
    line.into(
        (mono, count) -> {
          level.apply(mono, count);
          clipping.write(mono, count);
        });

    assertThat(clipping.highestDb()).isCloseTo(3.01, within(0.01));
    // A sine lies above its RMS for half of its time.
    assertThat((double) clipping.samples() / line.samples()).isCloseTo(0.5, within(0.01));
  }

  private static float applied(SpokenLevel level, double sample) {
    float[] one = {(float) sample};
    level.apply(one, 1);
    return one[0];
  }

  private static SpokenLine sine(double hz, double amplitude) {
    float[] samples = new float[10 * RATE_HZ];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (amplitude * Math.sin(2 * Math.PI * hz * i / RATE_HZ));
    }
    return new SpokenLine(
        new SpokenParts() {
          @Override
          public int count() {
            return 1;
          }

          @Override
          public int length(int part) {
            return samples.length;
          }

          @Override
          public float[] samples(int part) {
            return samples;
          }

          @Override
          public boolean paragraph(int part) {
            return false;
          }
        },
        Pauses.USUAL,
        RATE_HZ);
  }
}
