package dev.stemfleet.worker.queue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Commits messages and the held job's offset as a member of the group, until it is known what
/// became of it. For the Kafka thread.
final class GroupCommits {
  private static final Logger log = LoggerFactory.getLogger(GroupCommits.class);
  private static final Duration SLICE = Duration.ofMillis(50);
  private static final int TRIES = 4;

  private final Consumer<String, byte[]> consumer;
  private final Transactions transactions;
  private final HeldJob job;
  private final Shelf shelf;
  private final Rebalances rebalances;

  GroupCommits(
      Consumer<String, byte[]> consumer,
      Transactions transactions,
      HeldJob job,
      Shelf shelf,
      Rebalances rebalances) {
    this.consumer = consumer;
    this.transactions = transactions;
    this.job = job;
    this.shelf = shelf;
    this.rebalances = rebalances;
  }

  /// Commits.
  ///
  /// @param held the job that is held
  /// @param next where its partition goes on: at this job, or behind it
  /// @return false if the job is no longer ours; nothing is held then
  /// @throws KafkaException if it is not known what became of it
  boolean commit(
      ConsumerRecord<String, byte[]> held, long next, List<Transactions.Message> messages) {
    for (int tries = 1; ; tries++) {
      long began = System.nanoTime();
      ConsumerGroupMetadata member = consumer.groupMetadata();
      try {
        transactions.settle();
        if (tries == 1 || !isCommitted(held, next)) {
          OffsetAndMetadata offset = new OffsetAndMetadata(next);
          transactions.commit(messages, Map.of(Shelf.place(held), offset), member);
        }
        job.proven(began);
        return true;
      } catch (CommitFailedException e) {
        if (rebalances.waiting() || !rebalances.hurry(() -> movedOn(member))) {
          log.debug("The group does not know this member any more.", e);
          job.drop();
          return false;
        }
      } catch (KafkaException e) {
        if (tries == TRIES || !job.valid()) {
          throw e;
        }
        log.info("A transaction failed and is tried again: {}", e.getMessage());
      }
    }
  }

  /// Whether an earlier try was successful after all.
  private boolean isCommitted(ConsumerRecord<String, byte[]> held, long next) {
    TopicPartition place = Shelf.place(held);
    OffsetAndMetadata committed =
        consumer.committed(Set.of(place), Duration.ofNanos(job.lockNanos())).get(place);
    return next > held.offset() && committed != null && committed.offset() >= next;
  }

  /// Whether the group has only moved on, and this member with it: between a rebalance's end at the
  /// broker and its end here commits fail although the partition is still ours.
  private boolean movedOn(ConsumerGroupMetadata before) {
    long end = System.nanoTime() + job.lockNanos();
    while (job.isThere() && isSame(before) && System.nanoTime() < end) {
      shelf.idle(SLICE);
    }
    return job.isThere() && !isSame(before);
  }

  private boolean isSame(ConsumerGroupMetadata before) {
    ConsumerGroupMetadata now = consumer.groupMetadata();
    return now.generationId() == before.generationId() && now.memberId().equals(before.memberId());
  }
}
