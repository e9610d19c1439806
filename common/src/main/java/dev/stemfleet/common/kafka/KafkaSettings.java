package dev.stemfleet.common.kafka;

import dev.stemfleet.common.config.ConfigException;
import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.common.domain.QueueMode;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/// Which Kafka to talk to, and under which names. Immutable.
///
/// @param bootstrapServers `host:port`, several with commas between
/// @param prefix what all topic and group names start with; urgent work uses another prefix
/// @param lock how long a job stays with a worker that has fallen silent
/// @param properties ordinary Kafka client properties (TLS, SASL, timeouts); what the queue's
///   correctness depends on cannot be changed with them
/// @param queue how jobs are handed out
/// @param devices how many workers a topic of the mode `group` is laid out for
public record KafkaSettings(
    String bootstrapServers,
    String prefix,
    Duration lock,
    Map<String, String> properties,
    QueueMode queue,
    int devices) {
  public static final String STOCK_PREFIX = "stemfleet.";
  private static final String BOOTSTRAP = "bootstrap.servers";

  public KafkaSettings {
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException("bootstrap.servers: must not be empty");
    }
    if (!prefix.matches("[A-Za-z0-9._-]{0,200}")) {
      throw new IllegalArgumentException(
          "prefix: only letters, digits, '.', '_' and '-' (at most 200), not \"" + prefix + "\"");
    }
    properties = Map.copyOf(properties);
  }

  /// The stock prefix and no further properties.
  public static KafkaSettings of(String bootstrapServers) {
    return new KafkaSettings(
        bootstrapServers,
        STOCK_PREFIX,
        FleetSettings.USUAL_LOCK,
        Map.of(),
        QueueMode.SHARE,
        FleetSettings.USUAL_DEVICES);
  }

  /// What a fleet's settings say.
  ///
  /// @throws ConfigException if they name no brokers, or their file of client properties is wrong
  public static KafkaSettings of(FleetSettings fleet) {
    String servers = fleet.bootstrapServers();
    Path file = fleet.kafkaConfig();
    try {
      Map<String, String> properties = file == null ? new HashMap<>() : read(file);
      String named = properties.remove(BOOTSTRAP);
      if (servers == null && named == null) {
        throw new ConfigException(
            "bootstrapServers", "no Kafka is named; use --bootstrap-servers HOST:PORT");
      }
      return new KafkaSettings(
          servers == null ? String.valueOf(named) : servers,
          fleet.prefix(),
          fleet.lock(),
          properties,
          fleet.queue(),
          fleet.expectedDevices());
    } catch (IOException e) {
      throw new ConfigException(String.valueOf(file), "cannot be read: " + e.getMessage());
    }
  }

  /// Reads a file of ordinary Kafka client properties that names `bootstrap.servers`, too.
  ///
  /// @throws IOException if the file cannot be read
  /// @throws IllegalArgumentException if it names no `bootstrap.servers`
  public static KafkaSettings load(Path file) throws IOException {
    Map<String, String> found = read(file);
    String servers = found.remove(BOOTSTRAP);
    if (servers == null) {
      throw new IllegalArgumentException(file + ": " + BOOTSTRAP + " is missing");
    }
    return of(servers).withProperties(found);
  }

  /// These settings with the file's properties added. A `bootstrap.servers` in the file is used.
  ///
  /// @throws IOException if the file cannot be read
  public KafkaSettings withFile(Path file) throws IOException {
    Map<String, String> merged = new HashMap<>(properties);
    merged.putAll(read(file));
    String servers = merged.remove(BOOTSTRAP);
    return new KafkaSettings(
        servers == null ? bootstrapServers : servers, prefix, lock, merged, queue, devices);
  }

  public KafkaSettings withPrefix(String other) {
    return new KafkaSettings(bootstrapServers, other, lock, properties, queue, devices);
  }

  public KafkaSettings withLock(Duration other) {
    return new KafkaSettings(bootstrapServers, prefix, other, properties, queue, devices);
  }

  public KafkaSettings with(String property, String value) {
    Map<String, String> merged = new HashMap<>(properties);
    merged.put(property, value);
    return withProperties(merged);
  }

  /// The same fleet with its queue in another mode.
  public KafkaSettings withQueue(QueueMode other) {
    return new KafkaSettings(bootstrapServers, prefix, lock, properties, other, devices);
  }

  /// The same with another number of workers that a topic of the mode `group` is laid out for.
  public KafkaSettings withDevices(int other) {
    return new KafkaSettings(bootstrapServers, prefix, lock, properties, queue, other);
  }

  private KafkaSettings withProperties(Map<String, String> others) {
    return new KafkaSettings(bootstrapServers, prefix, lock, others, queue, devices);
  }

  /// The group that all workers of this prefix and mode are members of. The two modes have groups
  /// of their own: Kafka knows a name either as a share group or as a consumer group.
  public String group() {
    return switch (queue) {
      case SHARE -> prefix + "workers";
      case GROUP -> prefix + "workers.partitioned";
    };
  }

  /// What the names of all transactions of workers begin with; only those of mode `group` have any.
  public String transactions() {
    return prefix + "workers.partitioned.";
  }

  /// The topic on which jobs wait.
  public String jobsTopic() {
    return topics().jobs(queue);
  }

  /// The topics that this fleet needs.
  public List<Topics.Spec> specs() {
    return topics().specs(queue, devices);
  }

  /// The topics of this prefix.
  public Topics topics() {
    return new Topics(prefix);
  }

  /// Without the properties: there are passwords among them.
  @Override
  public String toString() {
    return "KafkaSettings[%s, %s, %s, %s]".formatted(bootstrapServers, prefix, lock, queue);
  }

  private static Map<String, String> read(Path file) throws IOException {
    Properties read = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      read.load(reader);
    }
    Map<String, String> found = new HashMap<>();
    read.stringPropertyNames().forEach(name -> found.put(name, read.getProperty(name)));
    return found;
  }
}
