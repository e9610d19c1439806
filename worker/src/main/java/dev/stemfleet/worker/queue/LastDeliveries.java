package dev.stemfleet.worker.queue;

import dev.stemfleet.common.kafka.TopicReader;
import java.util.Collection;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Jobs that the broker will not hand out again, because it has done so as often as it may: who has
/// one of them and gives it up publishes it afresh, else it would leave the queue without a result.
/// Thread-safe.
///
/// @param topic where jobs wait
/// @param limit the delivery count at which the broker drops a job in silence
record LastDeliveries(Outbox outbox, String topic, int limit) {
  private static final Logger log = LoggerFactory.getLogger(LastDeliveries.class);

  /// Publishes those of the records afresh that nobody else will get.
  ///
  /// @throws dev.stemfleet.common.failure.JobException if one cannot be published
  void rescue(Collection<ConsumerRecord<String, byte[]>> givenUp) {
    for (ConsumerRecord<String, byte[]> record : givenUp) {
      if (record.deliveryCount().map(Short::intValue).orElse(1) >= limit) {
        log.info(
            "The job at offset {} was on its last delivery: it is published afresh.",
            record.offset());
        String key = record.key() == null ? "" : record.key();
        outbox.publish(new Letter(topic, null, key, record.value(), TopicReader.headers(record)));
      }
    }
  }
}
