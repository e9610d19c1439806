package dev.stemfleet.worker.audio;

/// Counts samples beyond full scale, which every player cuts off. Confined to one thread at a time.
public final class Clipping {
  private long samples;
  private double highest;

  /// Takes the first `count` samples.
  public void write(float[] mono, int count) {
    for (int i = 0; i < count; i++) {
      double magnitude = Math.abs(mono[i]);
      highest = Math.max(highest, magnitude);
      if (magnitude > 1) {
        samples++;
      }
    }
  }

  /// How many there were.
  public long samples() {
    return samples;
  }

  /// The highest sample relative to full scale; negative infinity for digital silence.
  public double highestDb() {
    return Sound.decibels(highest);
  }
}
