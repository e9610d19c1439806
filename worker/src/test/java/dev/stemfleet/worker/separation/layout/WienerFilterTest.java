package dev.stemfleet.worker.separation.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stemfleet.worker.spectrum.Spectrum;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WienerFilterTest {
  private static final long SEED = 20_261_125;
  private static final int BINS = 3;
  private static final int FRAMES = 307;

  @Test
  void aSourceOfEachSideGoesToItsStem() {
    // Given a mix whose left half is one stem and whose right half is another
    System.out.println("seed " + SEED);
    Spectrum mix = noise(1);
    float[][][] magnitudes = new float[2][2][BINS * FRAMES];
    mix.magnitudes(0, magnitudes[0][0]);
    mix.magnitudes(1, magnitudes[1][1]);
    List<Spectrum> stems = List.of(new Spectrum(BINS, FRAMES), new Spectrum(BINS, FRAMES));

    // When
    new WienerFilter(magnitudes).of(mix, List.of(0, 1), stems);

    // Then
    for (int at = 0; at < BINS * FRAMES; at++) {
      assertThat(stems.get(0).real(0)[at]).isCloseTo(mix.real(0)[at], within(1e-2f));
      assertThat(stems.get(0).real(1)[at]).isCloseTo(0, within(1e-2f));
      assertThat(stems.get(1).imaginary(1)[at]).isCloseTo(mix.imaginary(1)[at], within(1e-2f));
      assertThat(stems.get(1).imaginary(0)[at]).isCloseTo(0, within(1e-2f));
    }
  }

  @Test
  void oneFrameAloneIsFilteredByTheFormula() {
    // Given one bin and one frame, for which the formula can be written down: every covariance is
    // y yᴴ / (ε + p), with the same phases in all stems
    Spectrum mix = new Spectrum(1, 1);
    mix.real(0)[0] = 3;
    mix.imaginary(0)[0] = -1;
    mix.real(1)[0] = 0.5f;
    mix.imaginary(1)[0] = 2;
    float[][][] magnitudes = {{{2}, {1}}, {{0.5f}, {1.5f}}, {{0.1f}, {0.2f}}};
    List<Spectrum> stems = List.of(new Spectrum(1, 1), new Spectrum(1, 1), new Spectrum(1, 1));

    // When
    new WienerFilter(magnitudes).of(mix, List.of(0, 1, 2), stems);

    // Then: with the phases taken off, all is real
    double left = Math.hypot(3, 1);
    double right = Math.hypot(0.5, 2);
    double a = 1e-5;
    double b = 0;
    double d = 1e-5;
    for (float[][] stem : magnitudes) {
      a += stem[0][0] * stem[0][0];
      b += stem[0][0] * stem[1][0];
      d += stem[1][0] * stem[1][0];
    }
    double first = (d * left - b * right) / (a * d - b * b);
    double second = (a * right - b * left) / (a * d - b * b);
    for (int i = 0; i < 3; i++) {
      double part = magnitudes[i][0][0] * first + magnitudes[i][1][0] * second;
      double expectedLeft = magnitudes[i][0][0] * part;
      double expectedRight = magnitudes[i][1][0] * part;
      Spectrum stem = stems.get(i);
      assertThat(stem.real(0)[0]).isCloseTo((float) (expectedLeft * 3 / left), within(1e-3f));
      assertThat(stem.imaginary(0)[0]).isCloseTo((float) (-expectedLeft / left), within(1e-3f));
      assertThat(stem.real(1)[0]).isCloseTo((float) (expectedRight * 0.5 / right), within(1e-3f));
      assertThat(stem.imaginary(1)[0])
          .isCloseTo((float) (expectedRight * 2 / right), within(1e-3f));
    }
  }

  @Test
  void everyFrameIsFilteredByTheFormulaInDoublePrecision() {
    // Given stems with shares of the mix that differ from side to side, in two blocks
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    Spectrum mix = noise(30);
    float[][][] magnitudes = new float[3][2][BINS * FRAMES];
    for (float[][] stem : magnitudes) {
      for (int channel = 0; channel < 2; channel++) {
        mix.magnitudes(channel, stem[channel]);
        for (int at = 0; at < stem[channel].length; at++) {
          stem[channel][at] *= random.nextFloat();
        }
      }
    }
    List<Spectrum> stems =
        List.of(new Spectrum(BINS, FRAMES), new Spectrum(BINS, FRAMES), new Spectrum(BINS, FRAMES));

    // When
    new WienerFilter(magnitudes).of(mix, List.of(0, 1, 2), stems);

    // Then
    double signal = 0;
    double error = 0;
    for (int bin = 0; bin < BINS; bin++) {
      for (int[] block : new int[][] {{0, 300}, {300, FRAMES}}) {
        WienerFormula formula = new WienerFormula(mix, magnitudes, bin, block[0], block[1]);
        for (int frame = block[0]; frame < block[1]; frame++) {
          for (int stem = 0; stem < 3; stem++) {
            double[] expected = formula.stem(stem, frame);
            for (int i = 0; i < 4; i++) {
              double found = stems.get(stem).part(i / 2, i % 2)[bin * FRAMES + frame];
              signal += expected[i] * expected[i];
              error += Math.pow(found - expected[i], 2);
            }
          }
        }
      }
    }
    assertThat(10 * Math.log10(signal / error)).as("decibels").isGreaterThan(130);
  }

  @Test
  void aLoudMixIsFilteredLikeASoftOne() {
    System.out.println("seed " + SEED);
    Spectrum soft = noise(1);
    Spectrum loud = noise(100);
    List<Spectrum> ofSoft = List.of(new Spectrum(BINS, FRAMES));
    List<Spectrum> ofLoud = List.of(new Spectrum(BINS, FRAMES));

    new WienerFilter(halves(soft)).of(soft, List.of(1), ofSoft);
    new WienerFilter(halves(loud)).of(loud, List.of(1), ofLoud);

    for (int at = 0; at < BINS * FRAMES; at++) {
      assertThat(ofLoud.getFirst().real(0)[at] / 100)
          .isCloseTo(ofSoft.getFirst().real(0)[at], within(1e-2f));
    }
  }

  private static float[][][] halves(Spectrum mix) {
    float[][][] halves = new float[2][2][BINS * FRAMES];
    for (float[][] stem : halves) {
      mix.magnitudes(0, stem[0]);
      mix.magnitudes(1, stem[1]);
    }
    return halves;
  }

  private static Spectrum noise(float gain) {
    Random random = new Random(SEED);
    Spectrum noise = new Spectrum(BINS, FRAMES);
    for (int i = 0; i < 4; i++) {
      float[] part = noise.part(i / 2, i % 2);
      for (int at = 0; at < part.length; at++) {
        part[at] = gain * (float) random.nextGaussian();
      }
    }
    return noise;
  }
}
