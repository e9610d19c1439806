package dev.stemfleet.worker.queue;

import java.time.Duration;
import java.util.Collection;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What happens when partitions come and go: one that is taken away is kept until its running job
/// is answered, else its next owner would begin the same job.
///
/// Called by Kafka's consumer inside of its poll, on the Kafka thread. Meanwhile this runs what
/// other threads ask of it: the answer is among that.
final class Rebalances implements ConsumerRebalanceListener {
  private static final Logger log = LoggerFactory.getLogger(Rebalances.class);
  private static final long SLICE_NANOS = Duration.ofMillis(50).toNanos();

  private final Consumer<?, ?> consumer;
  private final HeldJob job;
  private final Shelf shelf;
  private final KafkaThreadCommands commands;
  private final BooleanSupplier renewal;
  private final Duration longest;
  private boolean waiting;
  private boolean hurried;

  /// @param commands run while a job is waited for
  /// @param renewal renews what is held, if it is time; false if it is lost
  /// @param longest for how long a job is waited for
  Rebalances(
      Consumer<?, ?> consumer,
      HeldJob job,
      Shelf shelf,
      KafkaThreadCommands commands,
      BooleanSupplier renewal,
      Duration longest) {
    this.consumer = consumer;
    this.job = job;
    this.shelf = shelf;
    this.commands = commands;
    this.renewal = renewal;
    this.longest = longest;
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> added) {
    job.proven(System.nanoTime());
    consumer.pause(added);
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> gone) {
    if (job.liesIn(gone) && !hurried) {
      await(gone);
    }
    lose(gone);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> gone) {
    lose(gone);
  }

  /// Whether a rebalance waits for the held job.
  boolean waiting() {
    return waiting;
  }

  /// Has something done that may meet a rebalance and must not wait for the held job's answer.
  boolean hurry(BooleanSupplier work) {
    hurried = true;
    try {
      return work.getAsBoolean();
    } finally {
      hurried = false;
    }
  }

  private void await(Collection<TopicPartition> gone) {
    long end = System.nanoTime() + longest.toNanos();
    waiting = true;
    try {
      while (job.liesIn(gone) && System.nanoTime() < end && renewal.getAsBoolean()) {
        commands.runNext(SLICE_NANOS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      waiting = false;
    }
  }

  private void lose(Collection<TopicPartition> gone) {
    if (job.liesIn(gone)) {
      log.warn("The partition of a running job went to another worker.");
      job.drop();
    }
    shelf.drop(gone);
  }
}
