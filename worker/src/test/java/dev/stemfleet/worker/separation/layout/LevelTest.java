package dev.stemfleet.worker.separation.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// (x − m) / (s + 1e-5) and y · s + m, in double precision.
class LevelTest {
  private static final long SEED = 20_261_126;

  @Test
  void meanAndDeviationAreTakenOffAndGivenBackByTheFormula() {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    for (double gain : new double[] {1e-6, 1e-3, 1, 100}) {
      // Given
      float[][] parts = new float[4][5000];
      for (float[] part : parts) {
        for (int i = 0; i < part.length; i++) {
          part[i] = (float) (gain * (0.2 + random.nextGaussian()));
        }
      }
      double mean = mean(parts);
      double deviation = deviation(parts, mean);

      // When
      Level level = Level.of(5000, parts);
      float[] taken = parts[2].clone();
      level.takeOff(taken);
      float[] back = taken.clone();
      level.giveBack(back);

      // Then: what does not come back is what 1e-5 beside the deviation takes
      double[] normalised = new double[taken.length];
      double[] restored = new double[taken.length];
      for (int i = 0; i < taken.length; i++) {
        normalised[i] = (parts[2][i] - mean) / (deviation + 1e-5);
        restored[i] = normalised[i] * deviation + mean;
      }
      assertThat(decibels(normalised, taken)).as("taken off at %g", gain).isGreaterThan(130);
      assertThat(decibels(restored, back)).as("given back at %g", gain).isGreaterThan(130);
    }
  }

  @Test
  void silenceStaysSilence() {
    float[] silence = new float[1000];
    Level level = Level.of(1000, silence);
    level.takeOff(silence);
    assertThat(silence).containsOnly(0);
    Arrays.fill(silence, 3);
    level.giveBack(silence);
    assertThat(silence).containsOnly(0);
  }

  private static double decibels(double[] expected, float[] found) {
    double signal = 0;
    double error = 0;
    for (int i = 0; i < found.length; i++) {
      signal += expected[i] * expected[i];
      error += Math.pow(expected[i] - found[i], 2);
    }
    return 10 * Math.log10(signal / error);
  }

  private static double mean(float[][] parts) {
    double sum = 0;
    for (float[] part : parts) {
      for (float value : part) {
        sum += value;
      }
    }
    return sum / (parts.length * (double) parts[0].length);
  }

  private static double deviation(float[][] parts, double mean) {
    double squares = 0;
    for (float[] part : parts) {
      for (float value : part) {
        squares += Math.pow(value - mean, 2);
      }
    }
    return Math.sqrt(squares / (parts.length * (double) parts[0].length - 1));
  }
}
