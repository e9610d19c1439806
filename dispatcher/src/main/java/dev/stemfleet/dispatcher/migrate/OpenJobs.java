package dev.stemfleet.dispatcher.migrate;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.QueueOffsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// Reads what lies in a queue from its first unfinished job on, all partitions at once, track by
/// track in the order in which they were sent. Changes nothing. For one thread; caller closes.
final class OpenJobs implements AutoCloseable {
  /// What is held of a partition while others are read.
  private static final int MOST_HELD = 500;

  private static final Duration POLL = Duration.ofMillis(100);

  /// A transaction that a killed worker left open hides what comes after it for a minute.
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final Comparator<TopicPartition> BY_NUMBER =
      Comparator.comparingInt(TopicPartition::partition);

  private final Consumer<String, byte[]> consumer;
  private final Map<TopicPartition, Long> ends = new TreeMap<>(BY_NUMBER);
  private final Map<TopicPartition, Deque<ConsumerRecord<String, byte[]>>> held =
      new TreeMap<>(BY_NUMBER);

  /// Jobs of a track that lie one after the other.
  ///
  /// @param next the offset after the last of them
  record Together(int partition, List<ConsumerRecord<String, byte[]>> jobs, long next) {}

  private OpenJobs(Consumer<String, byte[]> consumer) {
    this.consumer = consumer;
  }

  /// @param offsets where to begin and to end
  /// @throws org.apache.kafka.common.KafkaException if the broker does not answer or refuses
  static OpenJobs open(KafkaClients clients, QueueOffsets offsets) {
    OpenJobs jobs = new OpenJobs(clients.reader());
    offsets
        .partitions()
        .forEach(
            (number, open) -> {
              if (open.first() < open.end()) {
                TopicPartition partition =
                    new TopicPartition(clients.settings().jobsTopic(), number);
                jobs.ends.put(partition, open.end());
                jobs.held.put(partition, new ArrayDeque<>());
              }
            });
    jobs.consumer.assign(jobs.ends.keySet());
    jobs.ends
        .keySet()
        .forEach(
            one ->
                jobs.consumer.seek(
                    one,
                    Objects.requireNonNull(offsets.partitions().get(one.partition())).first()));
    return jobs;
  }

  /// The next jobs of a track, the oldest of all partitions.
  ///
  /// @return empty once all was read that lay there at the opening
  /// @throws JobException `BROKER_UNREACHABLE` if the broker withholds something for long
  /// @throws org.apache.kafka.common.KafkaException if it does not answer or refuses
  Optional<Together> next() {
    fill();
    return held.entrySet().stream()
        .filter(one -> !one.getValue().isEmpty())
        .min(Comparator.comparingLong(one -> one.getValue().getFirst().timestamp()))
        .map(one -> take(one.getKey().partition(), one.getValue()));
  }

  @Override
  public void close() {
    // There is no group to leave.
    consumer.close(CloseOptions.timeout(Duration.ZERO));
  }

  private static Together take(int partition, Deque<ConsumerRecord<String, byte[]>> from) {
    List<ConsumerRecord<String, byte[]>> jobs = new ArrayList<>();
    String track = from.getFirst().key();
    while (!from.isEmpty() && Objects.equals(from.getFirst().key(), track)) {
      jobs.add(from.removeFirst());
    }
    return new Together(partition, jobs, jobs.getLast().offset() + 1);
  }

  /// Until the next track of each partition is whole.
  private void fill() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      List<TopicPartition> lacking = ends.keySet().stream().filter(one -> !whole(one)).toList();
      if (lacking.isEmpty()) {
        return;
      }
      consumer.pause(ends.keySet());
      consumer.resume(lacking);
      consumer.poll(POLL).forEach(this::hold);
      if (System.nanoTime() > deadline) {
        throw new JobException(
            FailureCode.BROKER_UNREACHABLE,
            "Kafka does not hand out what lies in " + lacking + "; try again in a minute");
      }
    }
  }

  private void hold(ConsumerRecord<String, byte[]> job) {
    TopicPartition partition = new TopicPartition(job.topic(), job.partition());
    if (job.offset() < ends.getOrDefault(partition, 0L)) {
      Objects.requireNonNull(held.get(partition)).add(job);
    }
  }

  private boolean whole(TopicPartition partition) {
    Deque<ConsumerRecord<String, byte[]>> jobs = Objects.requireNonNull(held.get(partition));
    return consumer.position(partition) >= ends.getOrDefault(partition, 0L)
        || jobs.size() >= MOST_HELD
        || (!jobs.isEmpty() && !Objects.equals(jobs.getFirst().key(), jobs.getLast().key()));
  }
}
