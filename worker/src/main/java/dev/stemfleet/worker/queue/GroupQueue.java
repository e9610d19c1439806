package dev.stemfleet.worker.queue;

import dev.stemfleet.common.domain.QueueMode;
import dev.stemfleet.common.kafka.KafkaClients;
import java.time.Duration;
import java.util.UUID;

/// The queue as a member of a Kafka consumer group, for clusters without share groups.
///
/// Partitions of the jobs topic belong to one worker each, which takes their jobs one at a time.
/// The lock's length is the group's session timeout. Results and offset are one transaction, so
/// that a worker which lost a job can no longer tell of it.
public final class GroupQueue {
  /// A rebalance waits for a running job at most so long. Stages have deadlines of their own, so
  /// that no job comes near it.
  private static final Duration LONGEST_JOB = Duration.ofHours(12);

  private static final Duration MARGIN = Duration.ofMinutes(1);

  private GroupQueue() {}

  /// Starts the Kafka thread. The group is joined at the first {@link JobQueue#take}.
  public static JobQueue open(KafkaClients clients) {
    // A name of its own for every process: two workers of one name must not end each other's
    // transactions. What fences is the place in the group.
    String member = UUID.randomUUID().toString();
    return LeasedQueue.start(commands -> join(clients, member, commands), GroupDesk::new);
  }

  private static Lease join(KafkaClients clients, String member, KafkaThreadCommands commands) {
    Transactions transactions = new Transactions(() -> clients.transactionalProducer(member));
    try {
      // Whatever this worker left open is ended before it reads where its partitions go on.
      transactions.settle();
      HeldJob job = new HeldJob(clients.settings().lock());
      return new GroupLease(
          clients.groupConsumer(LONGEST_JOB.plus(MARGIN), job::partition),
          transactions,
          commands,
          job,
          clients.settings().topics().jobs(QueueMode.GROUP),
          LONGEST_JOB);
    } catch (RuntimeException e) {
      transactions.discard();
      throw e;
    }
  }
}
