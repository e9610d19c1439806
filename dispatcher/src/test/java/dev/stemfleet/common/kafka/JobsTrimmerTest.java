package dev.stemfleet.common.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.dispatcher.local.SharedBroker;
import dev.stemfleet.fixture.TestTracks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class JobsTrimmerTest {
  @Test
  void onlyFinishedJobsOlderThanADayAreDeleted(KafkaSettings settings) {
    // Given five tracks of one job, of which three are finished
    KafkaClients clients = new KafkaClients(settings);
    InstantSource inTwoDays = () -> Instant.now().plus(Duration.ofDays(2));
    try (Admin admin = clients.admin()) {
      new TopicSetup(admin, settings).apply();
      new ShareGroup(admin, settings).apply(settings.lock());
      try (TestTracks tracks = TestTracks.open(settings)) {
        for (int i = 0; i < 5; i++) {
          tracks.send("t" + i, List.of(new byte[] {1}));
        }
      }
      JobsTrimmer later = new JobsTrimmer(admin, settings, inTwoDays);
      assertThat(later.trim()).isEmpty();
      finish(clients, 3);
      // When it is trimmed at once, then all are still young
      assertThat(new JobsTrimmer(admin, settings, InstantSource.system()).trim()).isEmpty();
      // When it is trimmed two days later, then only the finished ones go
      // (the broker stores the group's start one answer late)
      long keptFrom = later.trim().values().iterator().next();
      assertThat(keptFrom).isBetween(2L, 3L);
      assertThat(later.trim()).isEmpty();
      assertThat(offsets(clients))
          .containsExactlyElementsOf(LongStream.range(keptFrom, 5).boxed().toList());
    }
  }

  private static void finish(KafkaClients clients, int jobs) {
    try (ShareConsumer<String, byte[]> consumer = clients.shareConsumer()) {
      consumer.subscribe(List.of(clients.settings().topics().jobs()));
      int done = 0;
      while (done < jobs) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          consumer.acknowledge(record);
          done++;
        }
        consumer.commitSync();
      }
    }
  }

  private static List<Long> offsets(KafkaClients clients) {
    try (TopicReader reader =
        TopicReader.fromStart(clients, Set.of(clients.settings().topics().jobs()))) {
      return reader.poll(Duration.ofSeconds(10)).stream().map(TopicReader.Entry::offset).toList();
    }
  }
}
