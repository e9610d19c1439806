package dev.stemfleet.common.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.domain.QueueMode;
import dev.stemfleet.dispatcher.local.LocalBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The check against a broker that forbids things and then has share groups switched off.
class WrongBrokerTest {
  @TempDir Path folder;

  @Test
  void missingRightsAndSwitchedOffShareGroupsAreFoundWithTheCommandThatMendsThem()
      throws Exception {
    LocalBroker.Options guarded =
        LocalBroker.Options.in(folder)
            .with(
                Map.of(
                    "authorizer.class.name",
                    "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                    "allow.everyone.if.no.acl.found",
                    "true"));
    try (LocalBroker broker = LocalBroker.start(guarded);
        Admin admin = new KafkaClients(broker.settings()).admin()) {
      KafkaSettings settings = broker.settings();
      new TopicSetup(admin, settings).apply();
      new ShareGroup(admin, settings).apply(settings.lock());
      assertThat(faults(settings)).isEmpty();

      deny(admin, ResourceType.TOPIC, settings.topics().results(), AclOperation.WRITE);
      assertThat(faults(settings))
          .singleElement()
          .satisfies(
              fault -> {
                assertThat(fault.what())
                    .isEqualTo("This user has no right to WRITE on topic stemfleet.results.");
                assertThat(fault.mend())
                    .startsWith("kafka-acls.sh --bootstrap-server " + broker.bootstrapServers())
                    .endsWith("--operation WRITE --topic stemfleet.results");
              });

      admin
          .updateFeatures(
              Map.of(
                  "share.version",
                  new FeatureUpdate((short) 0, FeatureUpdate.UpgradeType.SAFE_DOWNGRADE)),
              new UpdateFeaturesOptions())
          .all()
          .get();
      assertThat(faults(settings))
          .singleElement()
          .satisfies(
              fault -> {
                assertThat(fault.what()).contains("switched off");
                assertThat(fault.mend())
                    .isEqualTo(
                        "kafka-features.sh --bootstrap-server %s upgrade --feature share.version=1"
                            .formatted(broker.bootstrapServers()));
              });

      // And a queue of the other kind does not need them
      KafkaSettings group = settings.withQueue(QueueMode.GROUP).withPrefix("group.");
      QueueSetup.apply(new KafkaClients(group), Duration.ofSeconds(10));
      assertThat(faults(group)).isEmpty();
    }
  }

  private static void deny(Admin admin, ResourceType type, String name, AclOperation operation)
      throws Exception {
    admin
        .createAcls(
            List.of(
                new AclBinding(
                    new ResourcePattern(type, name, PatternType.LITERAL),
                    new AccessControlEntry(
                        "User:ANONYMOUS", "*", operation, AclPermissionType.DENY)),
                new AclBinding(
                    new ResourcePattern(type, name, PatternType.LITERAL),
                    new AccessControlEntry(
                        "User:ANONYMOUS", "*", AclOperation.ALL, AclPermissionType.ALLOW))))
        .all()
        .get();
  }

  private static List<Finding> faults(KafkaSettings settings) {
    return new ClusterCheck(new KafkaClients(settings))
        .run(Duration.ofSeconds(10), settings.lock(), Role.WORKER).stream()
            .filter(finding -> finding.grade() == Finding.Grade.FAULT)
            .toList();
  }
}
