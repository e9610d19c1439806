package dev.stemfleet.worker.queue;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// The next job of each partition that a member of the consumer group has: fetched, not begun. One
/// per partition and no more; the track in work goes on first, then comes the oldest job.
///
/// Partitions are resumed only while a job is looked for. For one thread.
final class Shelf {
  private static final Comparator<ConsumerRecord<?, ?>> OLDEST =
      Comparator.<ConsumerRecord<?, ?>>comparingLong(ConsumerRecord::timestamp)
          .thenComparingInt(ConsumerRecord::partition);

  /// How long a job waits here for an older one of another partition.
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  private static final Duration SLICE = Duration.ofMillis(50);

  private final Consumer<String, byte[]> consumer;
  private final Map<TopicPartition, ConsumerRecord<String, byte[]>> next = new HashMap<>();
  private @Nullable ConsumerRecord<String, byte[]> latest;
  private long chooseByNanos;

  /// @param consumer that fetches one record a poll
  Shelf(Consumer<String, byte[]> consumer) {
    this.consumer = consumer;
  }

  static TopicPartition place(ConsumerRecord<?, ?> record) {
    return new TopicPartition(record.topic(), record.partition());
  }

  /// Looks for the next job.
  ///
  /// @return empty if none came in time
  Optional<ConsumerRecord<String, byte[]>> take(Duration wait) {
    long end = System.nanoTime() + wait.toNanos();
    chooseByNanos = System.nanoTime() + PATIENCE_NANOS;
    Optional<ConsumerRecord<String, byte[]>> chosen = chosen();
    while (chosen.isEmpty() && System.nanoTime() < end) {
      Set<TopicPartition> bare = new HashSet<>(consumer.assignment());
      bare.removeAll(next.keySet());
      consumer.resume(bare);
      poll(SLICE);
      chosen = chosen();
    }
    consumer.pause(consumer.assignment());
    chosen.ifPresent(
        record -> {
          next.remove(place(record));
          latest = record;
        });
    return chosen;
  }

  /// Lets the consumer do what its membership asks for, and fetches nothing.
  void idle(Duration wait) {
    consumer.pause(consumer.assignment());
    poll(wait);
  }

  /// Lays a job back that was taken: it is the next of its partition.
  void putBack(ConsumerRecord<String, byte[]> record) {
    next.put(place(record), record);
  }

  /// These partitions are gone.
  void drop(Collection<TopicPartition> partitions) {
    next.keySet().removeAll(partitions);
  }

  private void poll(Duration wait) {
    consumer
        .poll(wait)
        .forEach(
            record -> {
              if (next.isEmpty()) {
                chooseByNanos = System.nanoTime() + PATIENCE_NANOS;
              }
              next.put(place(record), record);
              consumer.pause(Set.of(place(record)));
            });
  }

  private Optional<ConsumerRecord<String, byte[]>> chosen() {
    Optional<ConsumerRecord<String, byte[]>> same = sameTrack();
    if (same.isPresent()) {
      return same;
    }
    if (System.nanoTime() < chooseByNanos
        && consumer.assignment().stream().anyMatch(this::mayBring)) {
      return Optional.empty();
    }
    return next.values().stream().min(OLDEST);
  }

  private Optional<ConsumerRecord<String, byte[]>> sameTrack() {
    ConsumerRecord<String, byte[]> before = latest;
    return before == null
        ? Optional.empty()
        : Optional.ofNullable(next.get(place(before)))
            .filter(record -> Objects.equals(record.key(), before.key()));
  }

  /// Whether the partition's next job is still on its way, or that is not known.
  private boolean mayBring(TopicPartition partition) {
    if (next.containsKey(partition)) {
      return false;
    }
    OptionalLong behind = consumer.currentLag(partition);
    return behind.isEmpty() || behind.getAsLong() > 0;
  }
}
