package dev.stemfleet.worker.queue;

import dev.stemfleet.common.kafka.BatchPartition;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/// A message on its way out of the worker: a result, a dead job. Immutable.
///
/// @param batch whose part of the topic it is for; null where the topic is not divided by batch
/// @param value null deletes the key from a compacted topic. Not copied: must not be changed
@SuppressWarnings("ArrayRecordComponent") // handed over, never changed, never compared
public record Letter(
    String topic,
    @Nullable String batch,
    String key,
    byte @Nullable [] value,
    Map<String, String> headers) {
  public Letter {
    headers = Map.copyOf(headers);
  }

  public static Letter to(String topic, String key, byte @Nullable [] value) {
    return new Letter(topic, null, key, value, Map.of());
  }

  /// For the part of a topic where everything about the batch lies.
  public static Letter ofBatch(String topic, String batch, String key, byte[] value) {
    return new Letter(topic, batch, key, value, Map.of());
  }

  /// The same with these headers.
  public Letter with(Map<String, String> headers) {
    return new Letter(topic, batch, key, value, headers);
  }

  /// As Kafka's producer wants it.
  ///
  /// @param producer the one that will send it; it may be asked for the number of partitions
  /// @throws org.apache.kafka.common.KafkaException if that is not known in time
  ProducerRecord<String, byte[]> record(Producer<String, byte[]> producer) {
    Integer partition = batch == null ? null : BatchPartition.of(batch, producer, topic);
    ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, partition, key, value);
    headers.forEach(
        (name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    return record;
  }
}
