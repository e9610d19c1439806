package dev.stemfleet.worker.separation;

import java.util.concurrent.CompletableFuture;

/// Finished samples of all wanted stems on their way to the sinks. Belongs to the joiner until it
/// is handed over, then to the sinks until [#taken] is complete.
final class StemBlock {
  private final float[][][] samples;
  private CompletableFuture<?> taken = CompletableFuture.completedFuture(null);

  StemBlock(int stems, int capacity) {
    this.samples = new float[stems][2][capacity];
  }

  int capacity() {
    return samples[0][0].length;
  }

  float[] channel(int stem, int channel) {
    return samples[stem][channel];
  }

  CompletableFuture<?> taken() {
    return taken;
  }

  void handOver(CompletableFuture<?> whenTaken) {
    this.taken = whenTaken;
  }
}
