package dev.stemfleet.worker.queue;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.jspecify.annotations.Nullable;

/// Whether a consumer is in touch with brokers, as its own metrics tell. Not thread-safe.
final class Contact {
  private static final Duration SILENCE = Duration.ofSeconds(20);
  private static final Duration LOST = Duration.ofSeconds(2);

  private final Supplier<Map<MetricName, ? extends Metric>> metrics;

  /// Looked for once: a consumer has hundreds of them, and some are asked for at every job.
  private final Map<String, Metric> found = new HashMap<>();

  private final long beganNanos = System.nanoTime();
  private long presentNanos = beganNanos;

  /// @param metrics of a newly opened consumer
  Contact(Supplier<Map<MetricName, ? extends Metric>> metrics) {
    this.metrics = metrics;
  }

  /// Whether there is a connection to a broker.
  boolean present() {
    return value("connection-count") > 0;
  }

  /// Whether there has been no connection to any broker for a while.
  boolean lost() {
    if (present()) {
      presentNanos = System.nanoTime();
    }
    return System.nanoTime() - presentNanos > LOST.toNanos();
  }

  /// Whether no heartbeat could be sent for long.
  boolean silent() {
    double seconds = value("last-heartbeat-seconds-ago");
    long sinceBegan = System.nanoTime() - beganNanos;
    return seconds > SILENCE.toSeconds() || (seconds < 0 && sinceBegan > SILENCE.toNanos());
  }

  private double value(String name) {
    Metric metric = found.get(name);
    if (metric == null) {
      metric = find(name);
    }
    return metric != null && metric.metricValue() instanceof Double number ? number : 0;
  }

  private @Nullable Metric find(String name) {
    for (Map.Entry<MetricName, ? extends Metric> entry : metrics.get().entrySet()) {
      if (entry.getKey().name().equals(name)) {
        found.put(name, entry.getValue());
        return entry.getValue();
      }
    }
    return null;
  }
}
