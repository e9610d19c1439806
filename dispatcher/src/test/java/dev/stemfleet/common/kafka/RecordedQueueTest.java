package dev.stemfleet.common.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.config.ConfigException;
import dev.stemfleet.common.domain.QueueMode;
import dev.stemfleet.common.message.QueueRecord;
import dev.stemfleet.dispatcher.local.SharedBroker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
final class RecordedQueueTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Instant NOW = Instant.parse("2026-05-01T18:00:00Z");

  private KafkaClients share;
  private KafkaClients group;

  @BeforeEach
  void twoWays(KafkaSettings fresh) {
    share = new KafkaClients(fresh.withDevices(1));
    group = new KafkaClients(share.settings().withQueue(QueueMode.GROUP));
  }

  @Test
  void whoeverComesFirstRecordsTheModeAndTheOtherModeIsRefused() {
    // Given a fleet that was set up with a consumer group
    assertThat(recorded(group).read()).isEmpty();
    assertThat(QueueSetup.apply(group, PATIENCE)).isEmpty();
    QueueRecord first = recorded(group).read().orElseThrow();
    assertThat(first.mode()).isEqualTo(QueueMode.GROUP);
    assertThat(first.by()).startsWith(System.getProperty("user.name") + "@");

    // When somebody else of the same mode comes, then nothing changes
    assertThat(QueueSetup.apply(group, PATIENCE)).isEmpty();
    assertThat(recorded(share).read()).contains(first);
    assertThat(check(group)).allMatch(finding -> finding.grade() == Finding.Grade.OK);

    // And the other mode is told in one line what there is, and what to do
    assertThatThrownBy(() -> QueueSetup.apply(share, PATIENCE))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("queue: the fleet ")
        .hasMessageContaining("mode group")
        .hasMessageContaining("these settings say share")
        .hasMessageContaining("--queue group")
        .hasMessageContaining("stemfleet queue migrate --to share");
    assertThat(topics()).doesNotContain(share.settings().topics().jobs());
    assertThat(check(share))
        .anyMatch(finding -> finding.grade() == Finding.Grade.FAULT)
        .anyMatch(finding -> finding.mend().contains("stemfleet queue migrate --to share"));
  }

  @Test
  void ofTwoThatRecordAtTheSameTimeTheFirstInTheLogWins() {
    QueueSetup.join(share);
    QueueRecord before = recorded(share).read().orElseThrow();

    // Given two who both know that record, and nothing of each other
    QueueRecord won = recorded(share).write(before, QueueMode.SHARE, QueueMode.GROUP);
    QueueRecord lost = recorded(group).write(before, QueueMode.GROUP, null);

    // Then both are told the same
    assertThat(lost).isEqualTo(won);
    assertThat(won.movingTo()).isEqualTo(QueueMode.GROUP);
    assertThat(recorded(share).read()).contains(won);

    // And while the queue moves nobody joins
    for (KafkaClients either : List.of(share, group)) {
      assertThatThrownBy(() -> recorded(either).require())
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("is being moved from share to group")
          .hasMessageContaining("since 2026-05-01T18:00:00Z")
          .hasMessageContaining("stemfleet queue migrate --to group");
    }
  }

  @Test
  void aQueueThatIsOlderThanTheRecordKeepsItsMode() throws Exception {
    // Given the jobs topic of an older version
    try (Admin admin = share.admin()) {
      NewTopic jobs = new NewTopic(share.settings().topics().jobs(), 1, (short) 1);
      admin.createTopics(List.of(jobs)).all().get();
    }

    // When somebody wants another mode
    assertThatThrownBy(() -> QueueSetup.join(group)).isInstanceOf(ConfigException.class);

    // Then it is recorded as it is
    assertThat(recorded(group).read().map(QueueRecord::mode))
        .isEqualTo(Optional.of(QueueMode.SHARE));
    QueueSetup.join(share);
  }

  private static RecordedQueue recorded(KafkaClients clients) {
    return new RecordedQueue(clients, () -> NOW);
  }

  private static List<Finding> check(KafkaClients clients) {
    KafkaSettings settings = clients.settings();
    return new ClusterCheck(clients).run(PATIENCE, settings.lock(), Role.SUBMITTER);
  }

  private List<String> topics() {
    try (Admin admin = share.admin()) {
      return Await.get(admin.listTopics().names()).stream().toList();
    }
  }
}
