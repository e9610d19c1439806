package dev.stemfleet.dispatcher.local;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.common.kafka.QueueSetup;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The local broker with all that earlier local runs left in it: joined if one runs, else started
/// and stopped again. Caller closes.
public final class KeptBroker implements AutoCloseable {
  private final String bootstrapServers;
  private final @Nullable LocalBroker own;
  private final @Nullable BrokerSlot slot;

  private KeptBroker(
      String bootstrapServers, @Nullable LocalBroker own, @Nullable BrokerSlot slot) {
    this.bootstrapServers = bootstrapServers;
    this.own = own;
    this.slot = slot;
  }

  /// @throws JobException `BROKER_UNREACHABLE` if none runs and none can be started
  /// @throws IOException if the state folder cannot be used
  public static KeptBroker open(StateFolder state) throws IOException {
    Optional<String> running = BrokerSlot.running(state);
    if (running.isPresent()) {
      return new KeptBroker(running.get(), null, null);
    }
    BrokerSlot slot = BrokerSlot.take(state);
    try {
      LocalBroker broker = started(LocalBroker.Options.in(slot.folder()));
      return new KeptBroker(broker.bootstrapServers(), broker, slot);
    } catch (JobException e) {
      slot.close();
      throw e;
    }
  }

  /// A running broker, or why there is none in one line that names its log.
  ///
  /// @throws JobException `BROKER_UNREACHABLE`
  public static LocalBroker started(LocalBroker.Options options) {
    try {
      return LocalBroker.start(options);
    } catch (IOException e) {
      throw new JobException(
          FailureCode.BROKER_UNREACHABLE,
          "the local broker did not start; its log is " + options.folder().resolve("broker.log"),
          e);
    }
  }

  public String bootstrapServers() {
    return bootstrapServers;
  }

  /// Whether it was running before.
  public boolean joined() {
    return own == null;
  }

  /// Creates topics and the group's settings where they are missing.
  public static void setUp(KafkaSettings settings) {
    var _ = QueueSetup.layOut(new KafkaClients(settings));
  }

  @Override
  public void close() {
    if (own != null) {
      own.close();
    }
    if (slot != null) {
      slot.close();
    }
  }
}
