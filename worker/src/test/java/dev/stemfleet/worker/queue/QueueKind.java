package dev.stemfleet.worker.queue;

import dev.stemfleet.common.domain.QueueMode;
import dev.stemfleet.common.kafka.KafkaSettings;
import java.time.Duration;

/// A way to implement the queue, as the contract suite needs it. Has a public constructor without
/// arguments, because worker processes make one, too.
interface QueueKind {
  QueueMode mode();

  /// What it promises where queues differ.
  Terms terms();

  /// Creates topics and group settings.
  ///
  /// @param settings of this kind's mode
  /// @param lock how long a job stays with a worker that has fallen silent
  void setUp(KafkaSettings settings, Duration lock);

  JobQueue open(KafkaSettings settings, Outbox outbox);
}
