package dev.stemfleet.worker;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.kafka.ClusterCheck;
import dev.stemfleet.common.kafka.Finding;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.QueueSetup;
import dev.stemfleet.common.kafka.Topics;
import dev.stemfleet.worker.queue.Outbox;
import dev.stemfleet.worker.queue.ShareQueue;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything of a worker that talks to Kafka. Nothing is taken from the queue before the first
/// `take`.
///
/// @param outbox to be closed after the queue
record Queueing(Outbox outbox, ShareQueue queue, Topics topics) implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Queueing.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// Waits for the brokers, looks whether they can carry the queue, and opens what talks to them.
  ///
  /// @throws JobException `BROKER_UNREACHABLE`: a worker never waits in silence on a queue that it
  ///   cannot read
  static Queueing open(KafkaClients clients) {
    // A broker that starts at the same moment: clients that knock too early fill the log.
    clients.awaitListener(PATIENCE);
    requireQueue(clients);
    Outbox outbox = Outbox.open(clients);
    try {
      return new Queueing(outbox, ShareQueue.open(clients, outbox), clients.settings().topics());
    } catch (RuntimeException e) {
      outbox.close();
      throw e;
    }
  }

  @Override
  public void close() {
    queue.close();
    outbox.close();
  }

  private static void requireQueue(KafkaClients clients) {
    Duration lock = clients.settings().lock();
    QueueSetup.apply(clients, PATIENCE).forEach(finding -> LOG.atWarn().log(finding.line()));
    for (Finding finding : new ClusterCheck(clients).run(PATIENCE, lock)) {
      if (finding.grade() == Finding.Grade.FAULT) {
        throw new JobException(FailureCode.BROKER_UNREACHABLE, finding.line());
      }
    }
  }
}
