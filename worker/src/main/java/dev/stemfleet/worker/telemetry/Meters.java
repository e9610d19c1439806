package dev.stemfleet.worker.telemetry;

import com.codahale.metrics.MetricRegistry;
import java.time.Duration;

/// The worker's counters and timers. Thread-safe.
public final class Meters {
  private final MetricRegistry registry = new MetricRegistry();

  public void count(Meter meter) {
    registry.counter(meter.key()).inc();
  }

  public long value(Meter meter) {
    return registry.counter(meter.key()).getCount();
  }

  /// @param stage one of the few stages of a job
  public void stageTook(String stage, double seconds) {
    registry
        .timer(MetricRegistry.name(Meter.STAGE.key(), stage))
        .update(Duration.ofNanos((long) (seconds * 1e9)));
  }
}
