package dev.stemfleet.worker.queue;

/// The contract, kept by the share group.
class ShareQueueContractTest extends JobQueueContract {
  @Override
  QueueKind kind() {
    return new ShareKind();
  }
}
