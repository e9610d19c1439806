package dev.stemfleet.common.kafka;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Utils;

/// The one partition of a topic where everything about a batch lies: whoever wants a single batch
/// need not read the others. A job id belongs to one batch, so all messages of a key lie together,
/// too, in their order. Stateless.
///
/// Names that differ by case only lie together: people ask for batches without regard to it.
public final class BatchPartition {
  private BatchPartition() {}

  /// Where a batch's messages lie: Kafka's own hash (murmur2) of the name's UTF-8 bytes.
  ///
  /// @return 0…partitions-1
  static int of(String batch, int partitions) {
    byte[] name = folded(batch).getBytes(StandardCharsets.UTF_8);
    return Utils.toPositive(Utils.murmur2(name)) % partitions;
  }

  /// A message for the batch's partition of a topic.
  ///
  /// @param producer the one that will send it; it is asked for the number of partitions
  /// @throws KafkaException if the topic's partitions are not known in time
  public static ProducerRecord<String, byte[]> record(
      Producer<String, byte[]> producer, String topic, String batch, String key, byte[] value) {
    return new ProducerRecord<>(topic, of(batch, producer, topic), key, value);
  }

  /// The batch's partition of a topic, for whoever sends many messages about one batch.
  ///
  /// @param producer the one that will send them; it is asked for the number of partitions
  /// @throws KafkaException if the topic's partitions are not known in time
  public static int of(String batch, Producer<?, ?> producer, String topic) {
    return of(batch, producer.partitionsFor(topic).size());
  }

  /// Letter by letter, as patterns that ignore case compare.
  private static String folded(String name) {
    return name.codePoints()
        .map(letter -> Character.toLowerCase(Character.toUpperCase(letter)))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
