package dev.stemfleet.dispatcher.local;

import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.common.kafka.ShareGroup;
import dev.stemfleet.common.kafka.TopicSetup;
import java.io.IOException;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
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

  /// @throws IOException if none runs and none can be started
  public static KeptBroker open(StateFolder state) throws IOException {
    Optional<String> running = BrokerSlot.running(state);
    if (running.isPresent()) {
      return new KeptBroker(running.get(), null, null);
    }
    BrokerSlot slot = BrokerSlot.take(state);
    try {
      LocalBroker broker = LocalBroker.start(LocalBroker.Options.in(slot.folder()));
      return new KeptBroker(broker.bootstrapServers(), broker, slot);
    } catch (IOException e) {
      slot.close();
      throw e;
    }
  }

  public String bootstrapServers() {
    return bootstrapServers;
  }

  /// Whether it was running before.
  public boolean joined() {
    return own == null;
  }

  /// Creates topics and the share group's settings where they are missing.
  public static void setUp(KafkaSettings settings) {
    try (Admin admin = new KafkaClients(settings).admin()) {
      new TopicSetup(admin, settings).apply();
      new ShareGroup(admin, settings).apply(ShareGroup.LOCK);
    }
  }

  @Override
  public void close() throws IOException {
    if (own != null) {
      own.close();
    }
    if (slot != null) {
      slot.close();
    }
  }
}
