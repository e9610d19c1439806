package dev.stemfleet.worker.queue;

import dev.stemfleet.worker.containers.InContainers;

/// The contract, kept by the consumer group on the broker of Apache Kafka's own image.
@InContainers
class GroupQueueContainerTest extends JobQueueContract {
  @Override
  QueueKind kind() {
    return new GroupKind();
  }
}
