package dev.stemfleet.worker.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/// Which job comes next, of several partitions.
final class ShelfTest {
  private static final Duration WAIT = Duration.ofSeconds(2);
  private static final TopicPartition ZERO = new TopicPartition("jobs", 0);
  private static final TopicPartition ONE = new TopicPartition("jobs", 1);

  private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private final Shelf shelf = new Shelf(consumer);

  ShelfTest() {
    consumer.assign(List.of(ZERO, ONE));
    consumer.updateBeginningOffsets(Map.of(ZERO, 0L, ONE, 0L));
    consumer.setMaxPollRecords(1);
  }

  @Test
  void theOldestJobOfAllPartitionsComesFirst() {
    lay(ZERO, "late", 30);
    lay(ONE, "early", 10);
    lay(ONE, "middle", 20);

    assertThat(List.of(next(), next(), next())).containsExactly("early", "middle", "late");
    assertThat(shelf.take(Duration.ofMillis(1))).isEmpty();
  }

  @Test
  void aTrackGoesOnBeforeAnOlderOneBegins() {
    lay(ZERO, "first", 10);
    lay(ZERO, "first", 30);
    lay(ZERO, "third", 40);
    lay(ONE, "second", 20);

    assertThat(List.of(next(), next(), next(), next()))
        .containsExactly("first", "first", "second", "third");
  }

  @Test
  void nothingIsFetchedWhileNobodyAsks() {
    lay(ZERO, "first", 10);
    lay(ONE, "second", 20);
    assertThat(next()).isEqualTo("first");

    assertThat(consumer.paused()).containsExactlyInAnyOrder(ZERO, ONE);
    lay(ZERO, "third", 30);
    shelf.idle(Duration.ZERO);
    assertThat(consumer.position(ZERO)).isEqualTo(1);
  }

  @Test
  void whatIsLaidBackComesNextAndWhatIsTakenAwayDoesNot() {
    lay(ZERO, "first", 10);
    lay(ONE, "second", 20);
    ConsumerRecord<String, byte[]> first = shelf.take(WAIT).orElseThrow();
    shelf.putBack(first);
    assertThat(next()).isEqualTo("first");

    shelf.drop(List.of(ONE));
    assertThat(shelf.take(Duration.ofMillis(1))).isEmpty();
  }

  private String next() {
    return shelf.take(WAIT).orElseThrow().key();
  }

  private void lay(TopicPartition partition, String track, long timestamp) {
    long offset = ends.getOrDefault(partition, 0L);
    byte[] value = "job".getBytes(StandardCharsets.UTF_8);
    consumer.addRecord(
        new ConsumerRecord<>(
            partition.topic(),
            partition.partition(),
            offset,
            timestamp,
            TimestampType.CREATE_TIME,
            track.length(),
            value.length,
            track,
            value,
            new RecordHeaders(),
            Optional.empty()));
    ends.put(partition, offset + 1);
    consumer.updateEndOffsets(Map.of(partition, offset + 1));
  }
}
