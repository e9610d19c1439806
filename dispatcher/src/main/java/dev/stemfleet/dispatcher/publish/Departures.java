package dev.stemfleet.dispatcher.publish;

import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.jspecify.annotations.Nullable;

/// How many records of a topic have left a producer's buffer, as its own meters tell. For one
/// thread.
final class Departures {
  private static final String GROUP = "producer-topic-metrics";

  private final Producer<?, ?> producer;
  private final String topic;
  private @Nullable Metric sent;
  private @Nullable Metric retried;

  Departures(Producer<?, ?> producer, String topic) {
    this.producer = producer;
    this.topic = topic;
  }

  /// Records that were sent, but for those that were put back to be sent again. Each is counted
  /// once the batch that it is in takes no more records.
  long count() {
    if (sent == null || retried == null) {
      sent = meter("record-send-total");
      retried = meter("record-retry-total");
    }
    return value(sent) - value(retried);
  }

  /// Meters of a topic are made when something is sent there for the first time.
  private @Nullable Metric meter(String name) {
    for (Map.Entry<MetricName, ? extends Metric> meter : producer.metrics().entrySet()) {
      MetricName found = meter.getKey();
      if (found.group().equals(GROUP)
          && found.name().equals(name)
          && topic.equals(found.tags().get("topic"))) {
        return meter.getValue();
      }
    }
    return null;
  }

  private static long value(@Nullable Metric meter) {
    return meter != null && meter.metricValue() instanceof Double count ? count.longValue() : 0;
  }
}
