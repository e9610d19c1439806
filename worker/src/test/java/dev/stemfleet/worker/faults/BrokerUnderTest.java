package dev.stemfleet.worker.faults;

import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.dispatcher.local.LocalBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/// A broker that goes and comes back at the same address with its data. The caller closes.
final class BrokerUnderTest implements AutoCloseable {
  private final LocalBroker.Options options;
  private LocalBroker broker;

  private BrokerUnderTest(LocalBroker.Options options) throws IOException {
    this.options = options;
    this.broker = LocalBroker.start(options);
  }

  static BrokerUnderTest start(Path folder, Map<String, String> properties) throws IOException {
    return new BrokerUnderTest(
        LocalBroker.Options.in(folder).onPort(Ports.free()).with(properties));
  }

  KafkaSettings settings() {
    return broker.settings();
  }

  /// SIGTERM.
  void terminate() {
    broker.close();
  }

  /// SIGKILL.
  void kill() {
    broker.kill();
  }

  void comeBack() throws IOException {
    broker = LocalBroker.start(options);
  }

  @Override
  public void close() {
    broker.close();
  }
}
