package dev.stemfleet.worker.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.common.kafka.TopicReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class OutboxTest {
  private KafkaSettings settings;

  @BeforeEach
  void setUp(KafkaSettings fresh) {
    settings = fresh;
    new ShareKind().setUp(fresh, Duration.ofSeconds(2));
  }

  @Test
  void whatIsPublishedIsThereWhenTheCallReturnsAndEventsFollow() {
    KafkaClients clients = new KafkaClients(settings);
    String results = settings.topics().results();
    String events = settings.topics().events();
    try (Outbox outbox = Outbox.open(clients)) {
      outbox.publish(new Letter(results, null, "job1", bytes("done"), Map.of("run", "r1")));
      try (TopicReader reader = TopicReader.fromStart(clients, Set.of(results))) {
        List<TopicReader.Entry> found = reader.poll(Duration.ofSeconds(10));
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().headers()).containsExactly(Map.entry("run", "r1"));
      }
      outbox.tell(events, "job1", bytes("started"));
    }
    try (TopicReader reader = TopicReader.fromStart(clients, Set.of(events))) {
      assertThat(reader.poll(Duration.ofSeconds(10)))
          .singleElement()
          .satisfies(entry -> assertThat(text(entry)).isEqualTo("started"));
    }
  }

  @Test
  void whatIsPublishedOfABatchLiesWhereTheBatchIsLookedFor() {
    KafkaClients clients = new KafkaClients(settings);
    String results = settings.topics().results();
    try (Outbox outbox = Outbox.open(clients)) {
      outbox.publish(Letter.ofBatch(results, "friday", "job1", bytes("done")));
      outbox.publish(Letter.ofBatch(results, "monday", "job2", bytes("done")));
    }
    try (TopicReader reader = TopicReader.ofBatch(clients, Set.of(results), "friday")) {
      assertThat(reader.poll(Duration.ofSeconds(10)))
          .extracting(TopicReader.Entry::key)
          .containsExactly("job1");
    }
  }

  @Test
  void anUnreachableBrokerIsATransientFailureAndAnEventIsJustLost() {
    KafkaSettings nowhere = KafkaSettings.of("localhost:1").with("max.block.ms", "300");
    try (Outbox outbox = Outbox.open(new KafkaClients(nowhere))) {
      assertThatThrownBy(() -> outbox.publish(Letter.to("results", "job1", bytes("done"))))
          .isInstanceOfSatisfying(
              JobException.class,
              e -> assertThat(e.code()).isEqualTo(FailureCode.BROKER_UNREACHABLE))
          .hasMessageContaining("results");
      outbox.tell("events", "job1", bytes("started"));
    }
  }

  @Test
  void controlEntriesOfBeforeAndAfterTheStartReachTheReader() throws InterruptedException {
    // Given a cancel sent before the reader is there
    KafkaClients clients = new KafkaClients(settings);
    String control = settings.topics().control();
    BlockingQueue<TopicReader.Entry> seen = new LinkedBlockingQueue<>();
    try (Outbox outbox = Outbox.open(clients)) {
      outbox.publish(Letter.to(control, "run1", bytes("cancel")));
      try (ControlReader reader = ControlReader.open(clients, seen::add)) {
        // Then it has it once it has caught up
        assertThat(reader.awaitCaughtUp(Duration.ofSeconds(15))).isTrue();
        assertThat(seen).hasSize(1);
        assertThat(text(seen.remove())).isEqualTo("cancel");
        // And what comes later, deletions included
        outbox.publish(Letter.to(control, "run2", bytes("cancel")));
        outbox.publish(Letter.to(control, "run1", null));
        List<String> later = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
          TopicReader.Entry entry = seen.poll(10, TimeUnit.SECONDS);
          assertThat(entry).isNotNull();
          later.add(entry.key() + (entry.value().isPresent() ? "" : " deleted"));
        }
        assertThat(later).containsExactly("run2", "run1 deleted");
      }
    }
  }

  @Test
  void aReaderFromTheEndSeesOnlyWhatComes() {
    KafkaClients clients = new KafkaClients(settings);
    String events = settings.topics().events();
    try (Outbox outbox = Outbox.open(clients)) {
      outbox.publish(Letter.to(events, "job1", bytes("old")));
      try (TopicReader reader = TopicReader.fromEnd(clients, Set.of(events))) {
        outbox.publish(Letter.to(events, "job1", bytes("new")));
        assertThat(reader.poll(Duration.ofSeconds(10)))
            .singleElement()
            .satisfies(entry -> assertThat(text(entry)).isEqualTo("new"));
      }
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(TopicReader.Entry entry) {
    return new String(entry.value().orElseThrow(), StandardCharsets.UTF_8);
  }
}
