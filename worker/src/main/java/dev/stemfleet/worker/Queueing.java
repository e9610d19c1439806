package dev.stemfleet.worker;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.kafka.ClusterCheck;
import dev.stemfleet.common.kafka.Finding;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.QueueSetup;
import dev.stemfleet.common.kafka.Role;
import dev.stemfleet.common.kafka.TopicReader;
import dev.stemfleet.common.kafka.Topics;
import dev.stemfleet.worker.queue.ControlReader;
import dev.stemfleet.worker.queue.GroupQueue;
import dev.stemfleet.worker.queue.JobQueue;
import dev.stemfleet.worker.queue.Outbox;
import dev.stemfleet.worker.queue.ShareQueue;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything of a worker that talks to Kafka. Nothing is taken from the queue before the first
/// `take`.
///
/// @param outbox to be closed after the queue
/// @param control what people ask of running jobs; all that was asked before is known
record Queueing(Outbox outbox, JobQueue queue, ControlReader control, Topics topics)
    implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Queueing.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// Waits for the brokers, looks whether they can carry the queue, and opens what talks to them.
  ///
  /// @param onControl takes every message of the control topic, the old ones before this returns
  /// @throws JobException `BROKER_UNREACHABLE`: a worker never waits in silence on a queue that it
  ///   cannot read
  static Queueing open(KafkaClients clients, Consumer<TopicReader.Entry> onControl) {
    // A broker that starts at the same moment: clients that knock too early fill the log.
    clients.awaitListener(PATIENCE);
    requireQueue(clients);
    Opened opened = new Opened();
    try {
      ControlReader control = opened.add(ControlReader.open(clients, onControl));
      Outbox outbox = opened.add(Outbox.open(clients));
      JobQueue queue =
          opened.add(
              switch (clients.settings().queue()) {
                case SHARE -> ShareQueue.open(clients, outbox);
                case GROUP -> GroupQueue.open(clients);
              });
      // Before the first job: it may have been cancelled long ago.
      if (!control.awaitCaughtUp(PATIENCE)) {
        throw new JobException(
            FailureCode.BROKER_UNREACHABLE,
            "The topic %s cannot be read: what was cancelled is not known."
                .formatted(clients.settings().topics().control()));
      }
      return new Queueing(outbox, queue, control, clients.settings().topics());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      opened.close();
      throw new IllegalStateException("interrupted while opening the queue", e);
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  @Override
  public void close() {
    queue.close();
    outbox.close();
    control.close();
  }

  private static void requireQueue(KafkaClients clients) {
    Duration lock = clients.settings().lock();
    QueueSetup.apply(clients, PATIENCE).forEach(finding -> LOG.atWarn().log(finding.line()));
    for (Finding finding : new ClusterCheck(clients).run(PATIENCE, lock, Role.WORKER)) {
      if (finding.grade() == Finding.Grade.FAULT) {
        throw new JobException(FailureCode.BROKER_UNREACHABLE, finding.line());
      }
    }
  }
}
