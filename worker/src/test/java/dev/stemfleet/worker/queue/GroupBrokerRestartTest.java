package dev.stemfleet.worker.queue;

import org.junit.jupiter.api.Tag;

/// The same with a consumer group.
@Tag("faults")
class GroupBrokerRestartTest extends BrokerRestartTest {
  @Override
  QueueKind kind() {
    return new GroupKind();
  }
}
