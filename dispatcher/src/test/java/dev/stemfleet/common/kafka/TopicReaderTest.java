package dev.stemfleet.common.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.dispatcher.local.SharedBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
final class TopicReaderTest {
  private static final List<String> BATCHES = List.of("friday", "monday", "sunday");

  @Test
  void ofABatchItsPartOfTheTopicIsReadAndNothingElse(KafkaSettings settings) {
    KafkaClients clients = new KafkaClients(settings);
    setUp(clients);
    write(clients);

    List<TopicReader.Entry> friday = ofBatch(clients, "Friday");

    assertThat(friday)
        .extracting(TopicReader.Entry::key)
        .containsExactly("friday-1", "friday-2", "friday-1");
    assertThat(friday).extracting(TopicReader.Entry::partition).containsOnly(of("friday"));
    assertThat(ofBatch(clients, "tuesday")).isEmpty();
  }

  @Test
  void fromTheStartEverythingIsRead(KafkaSettings settings) {
    KafkaClients clients = new KafkaClients(settings);
    setUp(clients);
    write(clients);

    List<TopicReader.Entry> all =
        all(TopicReader.fromStart(clients, Set.of(settings.topics().results())));

    assertThat(all).hasSize(3 * BATCHES.size());
    assertThat(all)
        .allSatisfy(entry -> assertThat(entry.partition()).isEqualTo(of(batchOf(entry.key()))));
  }

  @Test
  void aTopicWithAnotherNumberOfPartitionsIsReadWholeAndTheDoctorSaysSo(KafkaSettings settings)
      throws Exception {
    KafkaClients clients = new KafkaClients(settings);
    try (Admin admin = clients.admin()) {
      NewTopic other = new NewTopic(settings.topics().results(), Optional.of(3), Optional.empty());
      admin.createTopics(List.of(other)).all().get();
    }

    List<Finding> warnings = setUp(clients);
    write(clients);

    assertThat(ofBatch(clients, "friday")).hasSize(3 * BATCHES.size());
    assertThat(warnings)
        .extracting(Finding::what)
        .containsExactly(
            "Topic %s has 3 partitions instead of 16: to tell about one batch, all of it is read."
                .formatted(settings.topics().results()));
  }

  private static List<Finding> setUp(KafkaClients clients) {
    try (Admin admin = clients.admin()) {
      return new TopicSetup(admin, clients.settings()).apply();
    }
  }

  /// Three results of each batch, the last a second one of the first job.
  private static void write(KafkaClients clients) {
    String topic = clients.settings().topics().results();
    try (Producer<String, byte[]> producer = clients.producer()) {
      for (int job : new int[] {1, 2, 1}) {
        for (String batch : BATCHES) {
          var _ =
              producer.send(
                  BatchPartition.record(producer, topic, batch, batch + "-" + job, new byte[] {1}));
        }
      }
    }
  }

  private static List<TopicReader.Entry> ofBatch(KafkaClients clients, String batch) {
    return all(TopicReader.ofBatch(clients, Set.of(clients.settings().topics().results()), batch));
  }

  private static List<TopicReader.Entry> all(TopicReader opened) {
    List<TopicReader.Entry> entries = new ArrayList<>();
    try (TopicReader reader = opened) {
      while (!reader.caughtUp()) {
        entries.addAll(reader.poll(Duration.ofMillis(200)));
      }
    }
    return entries;
  }

  private static String batchOf(String key) {
    return key.substring(0, key.indexOf('-'));
  }

  private static int of(String batch) {
    return BatchPartition.of(batch, 16);
  }
}
