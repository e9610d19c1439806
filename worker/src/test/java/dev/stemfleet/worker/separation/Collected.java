package dev.stemfleet.worker.separation;

import dev.stemfleet.common.domain.Stem;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A sink that keeps everything.
final class Collected implements StemSink {
  private final Map<Stem, float[][]> stems = new ConcurrentHashMap<>();

  @Override
  public void write(Stem stem, float[] left, float[] right, int count) {
    stems.merge(
        stem,
        new float[][] {Arrays.copyOf(left, count), Arrays.copyOf(right, count)},
        (before, now) -> new float[][] {joined(before[0], now[0]), joined(before[1], now[1])});
  }

  /// `[channel][sample]`.
  float[][] stem(Stem stem) {
    return stems.getOrDefault(stem, new float[2][0]);
  }

  Map<Stem, float[][]> all() {
    return stems;
  }

  private static float[] joined(float[] one, float[] other) {
    float[] all = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, all, one.length, other.length);
    return all;
  }
}
