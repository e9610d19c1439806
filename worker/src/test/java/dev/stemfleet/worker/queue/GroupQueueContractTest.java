package dev.stemfleet.worker.queue;

/// The contract, kept by the consumer group.
class GroupQueueContractTest extends JobQueueContract {
  @Override
  QueueKind kind() {
    return new GroupKind();
  }
}
