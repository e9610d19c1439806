package dev.stemfleet.worker.telemetry;

import com.codahale.metrics.Reservoir;
import com.codahale.metrics.Snapshot;
import dev.stemfleet.common.metrics.Distribution;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// Where the values of a histogram go: into buckets with fixed bounds, none is forgotten. Unlike
/// samples, buckets of several workers can be added up. Values are nanoseconds. Thread-safe.
final class FixedBuckets implements Reservoir {
  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  /// In seconds, ascending.
  private final List<Double> bounds;

  private final List<LongAdder> counts = new ArrayList<>();
  private final LongAdder sumNanos = new LongAdder();

  FixedBuckets(List<Double> bounds) {
    this.bounds = List.copyOf(bounds);
    for (int i = 0; i <= bounds.size(); i++) {
      counts.add(new LongAdder());
    }
  }

  @Override
  public void update(long nanos) {
    int bucket = 0;
    while (bucket < bounds.size() && nanos > bounds.get(bucket) * NANOS) {
      bucket++;
    }
    counts.get(bucket).increment();
    sumNanos.add(nanos);
  }

  /// As it stands.
  Distribution distribution() {
    return new Distribution(counts.stream().map(LongAdder::sum).toList(), sumNanos.sum() / NANOS);
  }

  @Override
  public int size() {
    return (int) Math.min(Integer.MAX_VALUE, counts.stream().mapToLong(LongAdder::sum).sum());
  }

  @Override
  public Snapshot getSnapshot() {
    return new BucketSnapshot(bounds, distribution());
  }
}
