package dev.stemfleet.worker.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RealFftTest {
  private static final long SEED = 20_261_122;

  @ParameterizedTest
  @ValueSource(ints = {512, 960, 2048, 4096, 5120, 6144, 7680, 8192, 16_384})
  void aSpectrumIsThatOfTheDefinition(int size) {
    System.out.println("seed " + SEED);
    float[] sound = noise(size);
    float[] spectrum = new float[size + 2];

    try (RealFft fft = RealFft.forward(size)) {
      fft.transform(sound, spectrum);
    }

    double error = 0;
    double power = 0;
    double[] cosines = new double[size];
    for (int i = 0; i < size; i++) {
      cosines[i] = Math.cos(2 * Math.PI * i / size);
    }
    for (int bin = 0; bin <= size / 2; bin++) {
      double real = 0;
      double imaginary = 0;
      for (int i = 0; i < size; i++) {
        int turn = (int) ((long) bin * i % size);
        real += sound[i] * cosines[turn];
        // sin a = cos (a − π/2), and π/2 is a quarter of the table.
        imaginary -= sound[i] * cosines[(turn + size - size / 4) % size];
      }
      error += square(spectrum[2 * bin] - real) + square(spectrum[2 * bin + 1] - imaginary);
      power += real * real + imaginary * imaginary;
    }
    assertThat(10 * Math.log10(power / error)).as("decibels above the error").isGreaterThan(130);
  }

  @ParameterizedTest
  @ValueSource(ints = {2048, 4096, 5120, 6144, 7680, 8192, 16_384})
  void backAndForthMultipliesByTheSize(int size) {
    float[] sound = noise(size);
    float[] spectrum = new float[size + 2];
    float[] back = new float[size];

    try (RealFft forward = RealFft.forward(size);
        RealFft inverse = RealFft.inverse(size)) {
      forward.transform(sound, spectrum);
      spectrum[1] = 17;
      spectrum[size + 1] = -17;
      inverse.transform(spectrum, back);
    }

    double error = 0;
    double power = 0;
    for (int i = 0; i < size; i++) {
      error += square(back[i] / size - sound[i]);
      power += square(sound[i]);
    }
    assertThat(10 * Math.log10(power / error)).as("decibels above the error").isGreaterThan(130);
  }

  @Test
  void aSizeThatThereIsNotIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RealFft.forward(0).close())
        .withMessageContaining("size");
  }

  private static double square(double value) {
    return value * value;
  }

  private static float[] noise(int size) {
    Random random = new Random(SEED);
    float[] noise = new float[size];
    for (int i = 0; i < size; i++) {
      noise[i] = (float) (0.3 * random.nextGaussian());
    }
    return noise;
  }
}
