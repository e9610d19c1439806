package dev.stemfleet.worker.evaluate;

import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.worker.separation.StemSink;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The model's stems of one song, kept in memory: 8 bytes a stem and sample. Written by one thread,
/// then read by another.
final class HeldStems implements StemSink {
  private final Map<Stem, float[][]> samples = new EnumMap<>(Stem.class);
  private final Map<Stem, Integer> written = new EnumMap<>(Stem.class);

  HeldStems(Set<Stem> stems, int length) {
    for (Stem stem : stems) {
      samples.put(stem, new float[2][length]);
    }
  }

  @Override
  public void write(Stem stem, float[] left, float[] right, int count) {
    int at = written.getOrDefault(stem, 0);
    float[][] to = of(stem);
    System.arraycopy(left, 0, to[0], at, count);
    System.arraycopy(right, 0, to[1], at, count);
    written.put(stem, at + count);
  }

  /// Copies a part of a stem to the beginning of a block.
  void copy(Stem stem, int from, float[][] block, int count) {
    for (int channel = 0; channel < 2; channel++) {
      System.arraycopy(of(stem)[channel], from, block[channel], 0, count);
    }
  }

  private float[][] of(Stem stem) {
    return Objects.requireNonNull(samples.get(stem), stem.key());
  }
}
