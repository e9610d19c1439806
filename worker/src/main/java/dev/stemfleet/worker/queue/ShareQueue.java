package dev.stemfleet.worker.queue;

import dev.stemfleet.common.domain.QueueMode;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.ShareGroup;
import java.time.Duration;

/// The queue as a member of a Kafka share group.
///
/// The lock's length is the group's (`share.record.lock.duration.ms`); it is renewed every quarter
/// of it, whatever the job's length. A job on one of its last deliveries is not handed out but
/// published afresh, because a worker killed with it on the very last would take it out of the
/// queue without a result.
public final class ShareQueue {
  private static final Duration PROBE_TIME = Duration.ofSeconds(2);

  private ShareQueue() {}

  /// Reads the group's delivery limit and starts the Kafka thread. The group is joined at the first
  /// {@link JobQueue#take}.
  ///
  /// @param outbox sends results and what is republished; the caller closes it after this queue
  /// @throws dev.stemfleet.common.failure.JobException if the broker does not answer
  public static JobQueue open(KafkaClients clients, Outbox outbox) {
    String topic = clients.settings().topics().jobs(QueueMode.SHARE);
    int limit = ShareGroup.deliveryLimit(clients);
    LastDeliveries last = new LastDeliveries(outbox, topic, limit);
    return LeasedQueue.start(
        commands -> join(clients, topic, last), loop -> new ShareDesk(loop, topic, outbox, limit));
  }

  /// Joins the group once a broker answers: a share consumer that finds none would spin.
  private static Lease join(KafkaClients clients, String topic, LastDeliveries last) {
    clients.probe(PROBE_TIME);
    return new ShareLease(clients.shareConsumer(), topic, last);
  }
}
