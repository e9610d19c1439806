package dev.stemfleet.worker.queue;

import java.time.Duration;
import java.util.Collection;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// The one job that a member of the consumer group holds, or none, and when it was last proven that
/// the group knows this member. For the Kafka thread, except {@link #valid}.
final class HeldJob {
  private final long lockNanos;
  private volatile long provenNanos = System.nanoTime();
  private @Nullable ConsumerRecord<String, byte[]> record;

  /// @param lock after which the group gives the partitions of a silent member to others
  HeldJob(Duration lock) {
    lockNanos = lock.toNanos();
  }

  @Nullable ConsumerRecord<String, byte[]> record() {
    return record;
  }

  boolean isThere() {
    return record != null;
  }

  /// Where it lies.
  OptionalInt partition() {
    return record == null ? OptionalInt.empty() : OptionalInt.of(record.partition());
  }

  boolean liesIn(Collection<TopicPartition> partitions) {
    return record != null && partitions.contains(Shelf.place(record));
  }

  void take(ConsumerRecord<String, byte[]> next) {
    record = next;
  }

  /// It is answered, or no longer ours.
  void drop() {
    record = null;
  }

  /// The group knew this member at that moment.
  void proven(long nanos) {
    provenNanos = nanos;
  }

  long provenNanos() {
    return provenNanos;
  }

  long lockNanos() {
    return lockNanos;
  }

  /// Whether the group cannot have given this member's partitions to others yet. Any thread.
  boolean valid() {
    return System.nanoTime() - provenNanos < lockNanos;
  }
}
