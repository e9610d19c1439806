package dev.stemfleet.worker.separation;

import dev.stemfleet.common.domain.Stem;
import java.util.concurrent.atomic.AtomicLong;

/// A long track of silence and the sink of its stem: counts what was read and is not yet written.
final class SilentTrack implements MixSource, StemSink {
  private final long length;
  private final AtomicLong read = new AtomicLong();
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong most = new AtomicLong();

  /// @param length in samples
  SilentTrack(long length) {
    this.length = length;
  }

  @Override
  public int read(float[] left, float[] right) {
    int count = (int) Math.min(left.length, length - read.get());
    most.accumulateAndGet(read.addAndGet(count) - written.get(), Math::max);
    return count == 0 ? -1 : count;
  }

  @Override
  public void write(Stem stem, float[] left, float[] right, int count) {
    written.addAndGet(count);
  }

  long written() {
    return written.get();
  }

  /// Samples that were held at a time.
  long mostHeld() {
    return most.get();
  }
}
