package dev.stemfleet.worker.queue;

import dev.stemfleet.worker.containers.InContainers;

/// The contract, kept by the share group on the broker of Apache Kafka's own image.
@InContainers
class ShareQueueContainerTest extends JobQueueContract {
  @Override
  QueueKind kind() {
    return new ShareKind();
  }
}
