package dev.stemfleet.common.kafka;

import java.util.Map;
import java.util.stream.Collectors;

/// The commands that mend a fault, ready to be pasted where Kafka's own tools are installed.
final class Commands {
  private Commands() {}

  static String configs(
      KafkaSettings settings, String entityType, String entityName, Map<String, String> wanted) {
    String changes =
        wanted.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> entry.getKey() + "=" + bracketed(entry.getValue()))
            .collect(Collectors.joining(","));
    return tool("kafka-configs.sh", settings)
        + " --alter --entity-type %s --entity-name %s --add-config '%s'"
            .formatted(entityType, entityName, changes);
  }

  static String feature(KafkaSettings settings, String feature, int level) {
    return tool("kafka-features.sh", settings)
        + " upgrade --feature %s=%d".formatted(feature, level);
  }

  static String allow(KafkaSettings settings, String operation, String kind, String name) {
    return tool("kafka-acls.sh", settings)
        + " --add --allow-principal User:<this user> --operation %s --%s %s"
            .formatted(operation, kind, name);
  }

  static String createTopic(KafkaSettings settings, Topics.Spec spec) {
    String config =
        spec.config().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> " --config '" + entry.getKey() + "=" + entry.getValue() + "'")
            .collect(Collectors.joining());
    return tool("kafka-topics.sh", settings)
        + " --create --topic %s --partitions %d%s"
            .formatted(spec.name(), spec.partitions(), config);
  }

  static String addPartitions(KafkaSettings settings, Topics.Spec spec) {
    return tool("kafka-topics.sh", settings)
        + " --alter --topic %s --partitions %d".formatted(spec.name(), spec.partitions());
  }

  static String deleteTopic(KafkaSettings settings, String name) {
    return tool("kafka-topics.sh", settings) + " --delete --topic " + name;
  }

  private static String tool(String name, KafkaSettings settings) {
    return name + " --bootstrap-server " + settings.bootstrapServers();
  }

  /// The tool separates settings by commas and takes a list in brackets.
  private static String bracketed(String value) {
    return value.contains(",") ? "[" + value + "]" : value;
  }
}
