package dev.stemfleet.worker.docs;

import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.common.kafka.Role;
import dev.stemfleet.common.kafka.Topics;
import dev.stemfleet.fixture.GeneratedFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.Test;

/// The topics and users that Strimzi is to make are those that the code uses.
final class StrimziTest {
  private static final String MADE =
      "# Made from the code: ./mvnw verify -Dstemfleet.regenerate=true\n";
  private static final KafkaSettings NAMES = KafkaSettings.of("localhost:1");

  @Test
  void topicsAreThoseThatTheFleetWouldMake() throws IOException {
    StringBuilder file = new StringBuilder(MADE);
    for (Topics.Spec topic : NAMES.specs()) {
      file.append(head("KafkaTopic", topic.name()));
      file.append("  partitions: %d\n  replicas: 3\n  config:\n".formatted(topic.partitions()));
      new TreeMap<>(topic.config())
          .forEach((key, value) -> file.append("    %s: \"%s\"\n".formatted(key, value)));
      file.append("    min.insync.replicas: \"2\"\n");
    }
    GeneratedFile.checkAt("deploy/kubernetes/strimzi/topics.yaml", file.toString());
  }

  @Test
  void usersHaveTheRightsOfTheirRolesAlone() throws IOException {
    StringBuilder file = new StringBuilder(MADE);
    for (Role role : Role.values()) {
      String user = "stemfleet-" + role.name().toLowerCase(Locale.ROOT);
      String who = "---\n# %s\n".formatted(role.commands().replace("`", ""));
      file.append(head("KafkaUser", user).replace("---\n", who));
      file.append(
          """
            authentication:
              type: scram-sha-512
            authorization:
              type: simple
              acls:
          """);
      role.onTopics(NAMES).forEach((name, all) -> file.append(rights("topic", name, all)));
      file.append(rights("group", NAMES.group(), role.onGroup(NAMES.queue())));
      file.append(rights("cluster", null, role.onCluster()));
    }
    GeneratedFile.checkAt("deploy/kubernetes/strimzi/users.yaml", file.toString());
  }

  private static String head(String kind, String name) {
    return """
        ---
        apiVersion: kafka.strimzi.io/v1
        kind: %s
        metadata:
          name: %s
          labels:
            strimzi.io/cluster: kafka
        spec:
        """
        .formatted(kind, name);
  }

  private static String rights(String type, String name, Set<AclOperation> operations) {
    if (operations.isEmpty()) {
      return "";
    }
    String words =
        operations.stream().map(StrimziTest::word).sorted().collect(Collectors.joining(", "));
    return "      - resource:\n          type: "
        + type
        + (name == null ? "" : "\n          name: " + name + "\n          patternType: literal")
        + "\n        operations: ["
        + words
        + "]\n";
  }

  /// `DESCRIBE_CONFIGS` is `DescribeConfigs` there.
  private static String word(AclOperation operation) {
    return Arrays.stream(operation.name().split("_"))
        .map(part -> part.charAt(0) + part.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining());
  }
}
