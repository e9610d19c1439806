package dev.stemfleet.common.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.dispatcher.local.SharedBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class ClusterCheckTest {
  private KafkaSettings settings;
  private Admin admin;

  @BeforeEach
  void open(KafkaSettings fresh) {
    settings = fresh;
    admin = new KafkaClients(settings).admin();
  }

  @AfterEach
  void close() {
    admin.close();
  }

  @Test
  void aClusterThatWasSetUpHasNoFault() {
    // Given
    assertThat(new TopicSetup(admin, settings).apply()).isEmpty();
    new ShareGroup(admin, settings).apply(settings.lock());
    // When set up once more, then nothing changes
    assertThat(new TopicSetup(admin, settings).apply()).isEmpty();
    new ShareGroup(admin, settings).apply(settings.lock());
    assertThat(check()).allMatch(finding -> finding.grade() == Finding.Grade.OK).hasSize(11);
    assertThat(ShareGroup.deliveryLimit(new KafkaClients(settings))).isEqualTo(10);
  }

  @Test
  void anEmptyClusterLacksTopicsAndGroupSettings() {
    List<Finding> faults = faults();
    assertThat(faults)
        .extracting(Finding::what)
        .contains("There is no topic " + settings.topics().jobs() + ".")
        .anyMatch(what -> what.startsWith("The share group " + settings.group()));
    assertThat(faults)
        .extracting(Finding::mend)
        .anyMatch(mend -> mend.contains("share.auto.offset.reset=earliest"))
        .anyMatch(
            mend ->
                mend.startsWith("kafka-topics.sh --bootstrap-server " + settings.bootstrapServers())
                    && mend.contains("--create --topic " + settings.topics().jobs())
                    && mend.contains("--config 'retention.ms=-1'"));
  }

  @Test
  void aJobsTopicThatForgetsIsAWarningWithTheCommandThatMendsIt() throws Exception {
    // Given somebody made the jobs topic with the stock settings
    String jobs = settings.topics().jobs();
    admin.createTopics(List.of(new NewTopic(jobs, 1, (short) 1))).all().get();
    // When
    List<Finding> findings = new TopicSetup(admin, settings).apply();
    // Then
    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().grade()).isEqualTo(Finding.Grade.WARNING);
    assertThat(findings.getFirst().mend())
        .isEqualTo(
            "kafka-configs.sh --bootstrap-server %s --alter --entity-type topics --entity-name %s"
                    .formatted(settings.bootstrapServers(), jobs)
                + " --add-config 'retention.ms=-1'");
  }

  @Test
  void aJobsTopicWithSeveralPartitionsIsAWarning() throws Exception {
    String jobs = settings.topics().jobs();
    admin.createTopics(List.of(new NewTopic(jobs, 4, (short) 1))).all().get();
    assertThat(new TopicSetup(admin, settings).apply())
        .anyMatch(finding -> finding.what().contains("has 4 partitions instead of 1"));
  }

  @Test
  void changedGroupSettingsAreAFaultThatNamesThem() throws Exception {
    // Given
    new TopicSetup(admin, settings).apply();
    new ShareGroup(admin, settings).apply(settings.lock());
    ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, settings.group());
    admin
        .incrementalAlterConfigs(
            Map.of(
                group,
                List.of(
                    new AlterConfigOp(
                        new ConfigEntry("share.auto.offset.reset", "latest"),
                        AlterConfigOp.OpType.SET))))
        .all()
        .get();
    // When
    List<Finding> faults = faults();
    // Then
    assertThat(faults).hasSize(1);
    assertThat(faults.getFirst().what()).contains("share.auto.offset.reset");
    assertThat(faults.getFirst().mend())
        .contains("--entity-type groups --entity-name " + settings.group())
        .endsWith("--add-config 'share.auto.offset.reset=earliest'");
    // And setting it up mends it
    new ShareGroup(admin, settings).apply(settings.lock());
    assertThat(faults()).isEmpty();
  }

  @Test
  void theLockIsKeptWithinWhatTheBrokerAllows() {
    new TopicSetup(admin, settings).apply();
    new ShareGroup(admin, settings).apply(Duration.ofHours(2));
    assertThat(new ShareGroup(admin, settings).check(settings.lock()))
        .allMatch(finding -> finding.grade() == Finding.Grade.OK);
  }

  @Test
  void aSilentBrokerIsAFaultWithinTheGivenTime() {
    long began = System.nanoTime();
    List<Finding> findings =
        new ClusterCheck(new KafkaClients(KafkaSettings.of("localhost:1")))
            .run(Duration.ofSeconds(1), settings.lock(), Role.SUBMITTER);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().grade()).isEqualTo(Finding.Grade.FAULT);
    assertThat(findings.getFirst().what()).contains("does not answer at localhost:1");
  }

  @Test
  void aBrokerThatAcceptsAndNeverAnswersIsAFaultAndNoHang() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getByName("localhost"))) {
      long began = System.nanoTime();
      List<Finding> findings =
          new ClusterCheck(new KafkaClients(KafkaSettings.of("localhost:" + mute.getLocalPort())))
              .run(Duration.ofSeconds(1), settings.lock(), Role.SUBMITTER);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
      assertThat(Finding.anyFault(findings)).isTrue();
    }
  }

  @Test
  void anUnusableClientPropertyIsAFaultAndNoDefect() {
    List<Finding> findings =
        new ClusterCheck(new KafkaClients(settings.with("security.protocol", "NOPE")))
            .run(Duration.ofSeconds(1), settings.lock(), Role.SUBMITTER);
    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().line()).contains("--kafka-config");
    assertThat(Optional.of(findings.getFirst().grade())).hasValue(Finding.Grade.FAULT);
  }

  private List<Finding> check() {
    return new ClusterCheck(new KafkaClients(settings))
        .run(Duration.ofSeconds(10), settings.lock(), Role.SUBMITTER);
  }

  private List<Finding> faults() {
    return check().stream().filter(it -> it.grade() == Finding.Grade.FAULT).toList();
  }
}
