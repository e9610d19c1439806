package dev.stemfleet.worker.separation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// How close an estimate is to the true stem, in decibels; higher is better. Signals are
/// `[channel][sample]` of equal shape; sums run over both. Pure functions.
public final class Sdr {
  /// As in the Music Demixing Challenge 2021: keeps silence finite.
  private static final double DELTA = 1e-7;

  private Sdr() {}

  /// uSDR: 10 log10((Σs² + d) / (Σe² + d)) over the whole song, d = 1e-7 (MDX'21, SDX'23).
  public static double song(float[][] truth, float[][] estimate) {
    return decibels(energy(truth) + DELTA, energyOfDifference(truth, estimate) + DELTA);
  }

  /// cSDR without the filters of museval, which do not enter the SDR: the median over frames of one
  /// second, the last partial one left out; frames where truth or estimate is silent do not count.
  ///
  /// @return NaN if no frame counts
  public static double medianOfFrames(float[][] truth, float[][] estimate, int sampleRateHz) {
    int length = truth[0].length;
    int frame = Math.min(sampleRateHz, length);
    double[] frames =
        IntStream.range(0, frame == 0 ? 0 : length / frame)
            .mapToDouble(i -> frame(truth, estimate, i * frame, frame))
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    return median(frames);
  }

  /// SI-SDR: like SDR, with the truth scaled to fit the estimate best. Blind to gain.
  public static double scaleInvariant(float[][] truth, float[][] estimate) {
    double product = 0;
    for (int channel = 0; channel < truth.length; channel++) {
      for (int i = 0; i < truth[channel].length; i++) {
        product += (double) truth[channel][i] * estimate[channel][i];
      }
    }
    double scale = product / energy(truth);
    double signal = scale * scale * energy(truth);
    // Σ(estimate − a·s)² = Σestimate² − a²Σs², since a·s is the projection.
    return decibels(signal, energy(estimate) - signal);
  }

  /// Sum consistency: energy of the mix over energy of what the stems miss of it.
  ///
  /// @return infinite if nothing is missed
  public static double consistency(float[][] mix, List<float[][]> stems) {
    double[] missed = new double[mix.length];
    for (int channel = 0; channel < mix.length; channel++) {
      for (int i = 0; i < mix[channel].length; i++) {
        double rest = mix[channel][i];
        for (float[][] stem : stems) {
          rest -= stem[channel][i];
        }
        missed[channel] += rest * rest;
      }
    }
    return decibels(energy(mix), DoubleStream.of(missed).sum());
  }

  private static double frame(float[][] truth, float[][] estimate, int from, int length) {
    float[][] part = cut(truth, from, length);
    float[][] guess = cut(estimate, from, length);
    if (energy(part) == 0 || energy(guess) == 0) {
      return Double.NaN;
    }
    return decibels(energy(part), energyOfDifference(part, guess));
  }

  private static float[][] cut(float[][] signal, int from, int length) {
    return Arrays.stream(signal)
        .map(channel -> Arrays.copyOfRange(channel, from, from + length))
        .toArray(float[][]::new);
  }

  private static double median(double[] sorted) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : 0.5 * (sorted[middle - 1] + sorted[middle]);
  }

  private static double energy(float[][] signal) {
    double sum = 0;
    for (float[] channel : signal) {
      for (float sample : channel) {
        sum += (double) sample * sample;
      }
    }
    return sum;
  }

  private static double energyOfDifference(float[][] one, float[][] other) {
    double sum = 0;
    for (int channel = 0; channel < one.length; channel++) {
      for (int i = 0; i < one[channel].length; i++) {
        double difference = (double) one[channel][i] - other[channel][i];
        sum += difference * difference;
      }
    }
    return sum;
  }

  private static double decibels(double signal, double error) {
    return 10 * Math.log10(signal / error);
  }
}
