package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.common.kafka.QueueSetup;
import dev.stemfleet.common.kafka.RecordedQueue;
import dev.stemfleet.dispatcher.local.KeptBroker;
import dev.stemfleet.dispatcher.local.StateFolder;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The Kafka that a command talks to: the one that settings name, else the local broker, which is
/// started for as long as the command runs unless it runs already. Caller closes.
final class Connection implements AutoCloseable {
  private static final String TIMEOUT = "default.api.timeout.ms";
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final FleetSettings fleet;
  private final KafkaSettings kafka;
  private final @Nullable KeptBroker broker;

  private Connection(FleetSettings fleet, KafkaSettings kafka, @Nullable KeptBroker broker) {
    this.fleet = fleet;
    this.kafka = kafka;
    this.broker = broker;
  }

  /// @throws dev.stemfleet.common.config.ConfigException if the settings are wrong
  /// @throws dev.stemfleet.common.failure.JobException if the local broker cannot be started
  static Connection open(FleetOptions options, Surroundings here) throws IOException {
    FleetSettings fleet = options.settings(here);
    if (fleet.bootstrapServers() != null || fleet.kafkaConfig() != null) {
      return new Connection(fleet, kafka(fleet), null);
    }
    KeptBroker broker = KeptBroker.open(StateFolder.of(here.environment()));
    FleetSettings local = fleet.withBootstrapServers(broker.bootstrapServers());
    here.screen()
        .note(
            "no Kafka is configured: %s the local broker at %s"
                .formatted(broker.joined() ? "using" : "started", broker.bootstrapServers()));
    KafkaSettings kafka = kafka(local);
    try {
      KeptBroker.setUp(kafka);
    } catch (RuntimeException e) {
      broker.close();
      throw e;
    }
    return new Connection(local, kafka, broker);
  }

  KafkaClients clients() {
    return new KafkaClients(kafka);
  }

  /// The same for the queue as it is recorded, whatever the settings say: for whoever only looks.
  KafkaClients recorded() {
    return new RecordedQueue(clients(), Clock.systemUTC())
        .read()
        .map(found -> new KafkaClients(kafka.withQueue(found.mode())))
        .orElseGet(this::clients);
  }

  /// Makes sure that the fleet's queue is as the settings say: for whoever sends jobs.
  ///
  /// @throws dev.stemfleet.common.config.ConfigException if it is not
  KafkaClients joined() {
    KafkaClients clients = clients();
    QueueSetup.join(clients);
    return clients;
  }

  /// The settings, with the broker that is used.
  FleetSettings fleet() {
    return fleet;
  }

  /// Whether nobody but this command uses the broker, so that nothing new will come.
  boolean alone() {
    return broker != null && !broker.joined();
  }

  @Override
  public void close() {
    if (broker != null) {
      broker.close();
    }
  }

  /// People wait for an answer: less long than Kafka's minute, unless they said otherwise.
  private static KafkaSettings kafka(FleetSettings fleet) {
    KafkaSettings settings = KafkaSettings.of(fleet);
    return settings.properties().containsKey(TIMEOUT)
        ? settings
        : settings.with(TIMEOUT, Long.toString(PATIENCE.toMillis()));
  }
}
