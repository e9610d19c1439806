package dev.stemfleet.worker.audio;

/// The one form that sound has between the parts of the worker.
public final class Sound {
  /// Samples per second and channel.
  public static final int RATE_HZ = 44_100;

  /// Left and right.
  public static final int CHANNELS = 2;

  private Sound() {}

  /// Seconds as samples, rounded to the nearest.
  public static long samples(double seconds) {
    return Math.round(seconds * RATE_HZ);
  }

  /// Samples as seconds.
  public static double seconds(long samples) {
    return (double) samples / RATE_HZ;
  }

  /// A linear factor as decibels; negative infinity for 0.
  public static double decibels(double factor) {
    return 20 * Math.log10(factor);
  }

  /// Decibels as a linear factor.
  public static double factor(double decibels) {
    return Math.pow(10, decibels / 20);
  }
}
