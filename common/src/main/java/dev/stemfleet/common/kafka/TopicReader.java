package dev.stemfleet.common.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// Reads topics without being a member of any group: everybody who reads sees everything. For one
/// thread at a time; the caller closes.
///
/// All methods throw Kafka's own `KafkaException` (unchecked) when the broker does not answer
/// within the client's `default.api.timeout.ms`.
public final class TopicReader implements AutoCloseable {
  private final Consumer<String, byte[]> consumer;
  private final Map<TopicPartition, Long> endAtOpen;

  /// One record of a topic.
  ///
  /// @param key empty text where the record has none
  /// @param value empty where the record deletes its key
  public record Entry(
      String topic,
      String key,
      Optional<byte[]> value,
      Map<String, String> headers,
      int partition,
      long offset,
      Instant at) {}

  private TopicReader(Consumer<String, byte[]> consumer, List<TopicPartition> partitions) {
    this.consumer = consumer;
    consumer.assign(partitions);
    this.endAtOpen = consumer.endOffsets(partitions);
  }

  /// Everything the topics still hold, then what comes.
  public static TopicReader fromStart(KafkaClients clients, Set<String> topics) {
    return open(clients, topics, TopicReader::partitionsOf).rewound();
  }

  /// Like {@link #fromStart}, but of topics that are divided by batch only the part where the batch
  /// lies. Of a topic with another number of partitions than we give it, everything.
  public static TopicReader ofBatch(KafkaClients clients, Set<String> topics, String batch) {
    Topics own = clients.settings().topics();
    return open(clients, topics, (consumer, topic) -> partOf(consumer, topic, own, batch))
        .rewound();
  }

  /// What was written since a moment, then what comes.
  public static TopicReader since(KafkaClients clients, Set<String> topics, Instant moment) {
    TopicReader reader = open(clients, topics, TopicReader::partitionsOf);
    topics.forEach(topic -> reader.skip(topic, moment));
    return reader;
  }

  /// Passes over what is older on one of the topics. To be called before the first poll.
  public void skip(String topic, Instant moment) {
    Map<TopicPartition, Long> moments =
        endAtOpen.keySet().stream()
            .filter(partition -> partition.topic().equals(topic))
            .collect(Collectors.toMap(partition -> partition, p -> moment.toEpochMilli()));
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(moments);
    endAtOpen.forEach(
        (partition, end) -> {
          if (moments.containsKey(partition)) {
            OffsetAndTimestamp first = found.get(partition);
            consumer.seek(partition, first == null ? end : first.offset());
          }
        });
  }

  /// Only what comes from now on.
  public static TopicReader fromEnd(KafkaClients clients, Set<String> topics) {
    TopicReader reader = open(clients, topics, TopicReader::partitionsOf);
    // The ends as they were, not as they will be at the first poll: nothing between gets lost.
    reader.endAtOpen.forEach(reader.consumer::seek);
    return reader;
  }

  /// Waits for entries, in order within a topic's partition.
  ///
  /// @return empty if none came in time
  public List<Entry> poll(Duration wait) {
    List<Entry> entries = new ArrayList<>();
    consumer.poll(wait).forEach(record -> entries.add(entry(record)));
    return entries;
  }

  /// Whether all was handed out that lay on the topics when this reader was opened.
  public boolean caughtUp() {
    return endAtOpen.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  @Override
  public void close() {
    // There is no group to leave, and an orderly end would wait for a fetch that finds nothing.
    consumer.close(CloseOptions.timeout(Duration.ZERO));
  }

  private TopicReader rewound() {
    consumer.seekToBeginning(consumer.assignment());
    return this;
  }

  private interface Choice {
    List<TopicPartition> of(Consumer<?, ?> consumer, String topic);
  }

  private static TopicReader open(KafkaClients clients, Set<String> topics, Choice choice) {
    Consumer<String, byte[]> consumer = clients.reader();
    try {
      List<TopicPartition> partitions = new ArrayList<>();
      for (String topic : topics) {
        partitions.addAll(choice.of(consumer, topic));
      }
      return new TopicReader(consumer, partitions);
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  private static List<TopicPartition> partitionsOf(Consumer<?, ?> consumer, String topic) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new UnknownTopicOrPartitionException("There is no topic " + topic + ".");
    }
    return partitions;
  }

  private static List<TopicPartition> partOf(
      Consumer<?, ?> consumer, String topic, Topics own, String batch) {
    List<TopicPartition> all = partitionsOf(consumer, topic);
    return own.dividedByBatch(topic, all.size())
        ? List.of(new TopicPartition(topic, BatchPartition.of(batch, all.size())))
        : all;
  }

  private static Entry entry(ConsumerRecord<String, byte[]> record) {
    return new Entry(
        record.topic(),
        record.key() == null ? "" : record.key(),
        Optional.ofNullable(record.value()),
        headers(record),
        record.partition(),
        record.offset(),
        Instant.ofEpochMilli(record.timestamp()));
  }

  /// The headers of a record as text, the last of a name winning.
  public static Map<String, String> headers(ConsumerRecord<?, ?> record) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (!record.headers().iterator().hasNext()) {
      return Map.of();
    }
    record
        .headers()
        .forEach(
            header ->
                headers.put(header.key(), header.value() == null ? "" : text(header.value())));
    return Map.copyOf(headers);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
