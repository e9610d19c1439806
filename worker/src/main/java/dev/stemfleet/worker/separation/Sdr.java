package dev.stemfleet.worker.separation;

import java.util.List;
import java.util.stream.DoubleStream;

/// How close an estimate is to the true stem, in decibels; higher is better. Signals are
/// `[channel][sample]` of equal shape; sums run over both. Pure functions; [SdrMeter] takes long
/// signals block by block.
public final class Sdr {
  /// As in the Music Demixing Challenge 2021: keeps silence finite.
  static final double DELTA = 1e-7;

  private Sdr() {}

  /// As [SdrMeter#song].
  public static double song(float[][] truth, float[][] estimate) {
    return meter(truth, estimate, truth[0].length).song();
  }

  /// As [SdrMeter#mediansOfFrames], of a stem alone.
  public static double medianOfFrames(float[][] truth, float[][] estimate, int sampleRateHz) {
    return SdrMeter.mediansOfFrames(List.of(meter(truth, estimate, sampleRateHz))).getFirst();
  }

  /// As [SdrMeter#scaleInvariant].
  public static double scaleInvariant(float[][] truth, float[][] estimate) {
    return meter(truth, estimate, truth[0].length).scaleInvariant();
  }

  /// As [SumMeter#decibels].
  public static double consistency(float[][] mix, List<float[][]> stems) {
    SumMeter meter = new SumMeter();
    meter.add(mix, stems, mix[0].length);
    return meter.decibels();
  }

  /// The middle of the finite values, or the mean of both middles.
  ///
  /// @return NaN if there is none
  public static double median(DoubleStream values) {
    double[] sorted = values.filter(Double::isFinite).sorted().toArray();
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : 0.5 * (sorted[middle - 1] + sorted[middle]);
  }

  static double decibels(double signal, double error) {
    return 10 * Math.log10(signal / error);
  }

  private static SdrMeter meter(float[][] truth, float[][] estimate, int frameSamples) {
    SdrMeter meter = new SdrMeter(Math.max(1, frameSamples));
    meter.add(truth, estimate, truth[0].length);
    return meter;
  }
}
