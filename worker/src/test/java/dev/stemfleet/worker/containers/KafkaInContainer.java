package dev.stemfleet.worker.containers;

import dev.stemfleet.common.kafka.KafkaSettings;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.utils.AppInfoParser;
import org.testcontainers.containers.Network;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/// A broker of the image that users run, of the version of our clients. Caller closes.
public final class KafkaInContainer implements AutoCloseable {
  private static final String WITHIN = "kafka:19092";

  private static final Map<String, String> OF_ONE_NODE =
      Map.of(
          "share.coordinator.state.topic.replication.factor", "1",
          "share.coordinator.state.topic.min.isr", "1",
          "share.coordinator.state.topic.num.partitions", "1",
          "group.share.heartbeat.interval.ms", "250",
          "group.share.min.heartbeat.interval.ms", "250",
          "group.share.assignment.interval.ms", "0",
          "group.share.initialize.retry.interval.ms", "1000",
          "auto.create.topics.enable", "false");

  private final Network network = Network.newNetwork();
  private final KafkaContainer container;

  private KafkaInContainer(Map<String, String> properties) {
    container =
        new KafkaContainer(
                DockerImageName.parse("apache/kafka").withTag(AppInfoParser.getVersion()))
            .withNetwork(network)
            .withListener(WITHIN);
    OF_ONE_NODE.forEach(this::set);
    properties.forEach(this::set);
  }

  /// @param properties of the broker beside ours
  public static KafkaInContainer start(Map<String, String> properties) {
    KafkaInContainer kafka = new KafkaInContainer(properties);
    kafka.container.start();
    return kafka;
  }

  /// For clients outside of containers.
  public KafkaSettings settings() {
    return KafkaSettings.of(container.getBootstrapServers());
  }

  /// For containers in its network.
  String within() {
    return WITHIN;
  }

  Network network() {
    return network;
  }

  @Override
  public void close() {
    container.close();
    network.close();
  }

  private void set(String property, String value) {
    container.withEnv("KAFKA_" + property.replace('.', '_').toUpperCase(Locale.ROOT), value);
  }
}
