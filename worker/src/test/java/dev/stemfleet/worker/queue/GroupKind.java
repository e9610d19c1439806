package dev.stemfleet.worker.queue;

import dev.stemfleet.common.domain.QueueMode;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.common.kafka.TopicSetup;
import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;

/// The queue as a consumer group.
public final class GroupKind implements QueueKind {
  @Override
  public QueueMode mode() {
    return QueueMode.GROUP;
  }

  @Override
  public Terms terms() {
    return new Terms(
        Terms.Held.JOB,
        Terms.LateWorker.TRACK_OF_ITS_PARTITIONS,
        Terms.Leaving.KEEPS_THE_REST,
        Terms.Silent.ONE_LOCK_AND_A_REBALANCE,
        Terms.Telling.ONE_TRANSACTION,
        Terms.Count.OF_THIS_WORKER);
  }

  /// The lock is the members' session timeout, which they ask for themselves.
  @Override
  public void setUp(KafkaSettings settings, Duration lock) {
    try (Admin admin = new KafkaClients(settings).admin()) {
      new TopicSetup(admin, settings).apply();
    }
  }

  @Override
  public JobQueue open(KafkaSettings settings, Outbox outbox) {
    return GroupQueue.open(new KafkaClients(settings));
  }
}
