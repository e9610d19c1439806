package dev.stemfleet.worker.separation;

import dev.stemfleet.common.domain.Stem;

/// Takes finished stems. Called in order for each stem, never twice at once for the same stem, but
/// at the same time for different stems if the separator's executor has several threads.
@FunctionalInterface
public interface StemSink {
  /// Takes the next `count` samples per channel of a stem. The arrays are longer than that and are
  /// used again afterwards: what must be kept is copied during the call.
  void write(Stem stem, float[] left, float[] right, int count);
}
