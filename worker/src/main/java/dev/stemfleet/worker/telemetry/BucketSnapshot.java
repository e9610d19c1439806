package dev.stemfleet.worker.telemetry;

import com.codahale.metrics.Snapshot;
import dev.stemfleet.common.metrics.Distribution;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What JMX shows of buckets: quantiles as good as the buckets are fine. Of all values since the
/// start, in nanoseconds. Immutable.
final class BucketSnapshot extends Snapshot {
  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private final List<Double> bounds;
  private final Distribution seen;
  private final long count;

  /// @param bounds in seconds, one fewer than there are buckets
  BucketSnapshot(List<Double> bounds, Distribution seen) {
    this.bounds = bounds;
    this.seen = seen;
    this.count = seen.counts().stream().mapToLong(Long::longValue).sum();
  }

  /// Between the bounds of the bucket that it falls into, evenly; past the last bound, that bound.
  @Override
  public double getValue(double quantile) {
    double rank = quantile * count;
    double before = 0;
    for (int i = 0; i < bounds.size(); i++) {
      long here = seen.counts().get(i);
      if (here > 0 && before + here >= rank) {
        return (lower(i) + (bounds.get(i) - lower(i)) * (rank - before) / here) * NANOS;
      }
      before += here;
    }
    return count == 0 ? 0 : bounds.getLast() * NANOS;
  }

  /// None: single values are not kept.
  @Override
  public long[] getValues() {
    return new long[0];
  }

  @Override
  public int size() {
    return (int) Math.min(Integer.MAX_VALUE, count);
  }

  @Override
  public long getMax() {
    for (int i = bounds.size(); i >= 0; i--) {
      if (seen.counts().get(i) > 0) {
        return Math.round(bounds.get(Math.min(i, bounds.size() - 1)) * NANOS);
      }
    }
    return 0;
  }

  @Override
  public double getMean() {
    return count == 0 ? 0 : seen.sum() / count * NANOS;
  }

  @Override
  public long getMin() {
    for (int i = 0; i <= bounds.size(); i++) {
      if (seen.counts().get(i) > 0) {
        return Math.round(lower(i) * NANOS);
      }
    }
    return 0;
  }

  /// Not known: only sums are kept.
  @Override
  public double getStdDev() {
    return Double.NaN;
  }

  @Override
  public void dump(OutputStream output) {
    try (PrintWriter out = new PrintWriter(output, false, StandardCharsets.UTF_8)) {
      for (int i = 0; i <= bounds.size(); i++) {
        out.printf("%s %d%n", i < bounds.size() ? bounds.get(i) : "more", seen.counts().get(i));
      }
    }
  }

  private double lower(int bucket) {
    return bucket == 0 ? 0 : bounds.get(bucket - 1);
  }
}
