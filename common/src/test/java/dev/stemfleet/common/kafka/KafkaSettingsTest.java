package dev.stemfleet.common.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.domain.QueueMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaSettingsTest {
  @TempDir Path folder;

  @Test
  void passwordsStandInNoText() {
    KafkaSettings secret = KafkaSettings.of("kafka:9092").with("ssl.key.password", "hunter2");

    assertThat(secret.toString()).contains("kafka:9092").doesNotContain("hunter2");
  }

  @Test
  void aConfigFileMayNameTheServersAndAddsProperties() throws IOException {
    // Given
    Path file = folder.resolve("kafka.properties");
    Files.writeString(file, "bootstrap.servers=one:9092,two:9092\nsecurity.protocol=SSL\n");
    // Then it stands alone
    KafkaSettings loaded = KafkaSettings.load(file);
    assertThat(loaded.bootstrapServers()).isEqualTo("one:9092,two:9092");
    assertThat(loaded.properties()).isEqualTo(Map.of("security.protocol", "SSL"));
    // And it can be added to what is there
    KafkaSettings added = KafkaSettings.of("three:9092").withPrefix("urgent.").withFile(file);
    assertThat(added).isEqualTo(loaded.withPrefix("urgent."));
    assertThat(added.group()).isEqualTo("urgent.workers");
    assertThat(added.topics().dead()).isEqualTo("urgent.jobs.dead");
  }

  @Test
  void aFileWithoutServersIsRefusedByName() throws IOException {
    Path file = folder.resolve("kafka.properties");
    Files.writeString(file, "security.protocol=SSL\n");
    assertThatThrownBy(() -> KafkaSettings.load(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("bootstrap.servers");
  }

  @Test
  void aPrefixThatIsNoTopicNameIsRefused() {
    assertThatThrownBy(() -> KafkaSettings.of("a:1").withPrefix("über/"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("prefix");
  }

  @Test
  void theJobsTopicHasOnePartitionAndForgetsNothing() {
    Topics topics = KafkaSettings.of("a:1").topics();
    assertThat(topics.specs(QueueMode.SHARE, 8)).hasSize(7);
    Topics.Spec jobs = topics.specs(QueueMode.SHARE, 8).getFirst();
    assertThat(jobs.name()).isEqualTo("stemfleet.jobs");
    assertThat(jobs.partitions()).isEqualTo(1);
    assertThat(jobs.config()).containsEntry("retention.ms", "-1");
  }
}
