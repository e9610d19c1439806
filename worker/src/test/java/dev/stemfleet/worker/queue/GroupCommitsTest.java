package dev.stemfleet.worker.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/// Transactions that fail, in whatever way: a result is seen once or never.
final class GroupCommitsTest {
  private static final Duration LOCK = Duration.ofMillis(200);
  private static final TopicPartition PLACE = new TopicPartition("jobs", 3);
  private static final List<Transactions.Message> RESULT =
      List.of(
          producer ->
              new ProducerRecord<>("results", "job", "done".getBytes(StandardCharsets.UTF_8)));

  private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
  private final List<MockProducer<String, byte[]>> producers = new ArrayList<>();
  private final List<RuntimeException> troubles = new ArrayList<>();
  private final Transactions transactions = new Transactions(this::producer);
  private final ConsumerRecord<String, byte[]> job =
      new ConsumerRecord<>("jobs", 3, 7, "track", new byte[0]);
  private final HeldJob held = new HeldJob(LOCK);
  private final GroupCommits commits;

  GroupCommitsTest() {
    Shelf shelf = new Shelf(consumer);
    Rebalances rebalances =
        new Rebalances(consumer, held, shelf, new KafkaThreadCommands(), () -> true, LOCK);
    commits = new GroupCommits(consumer, transactions, held, shelf, rebalances);
    consumer.assign(List.of(PLACE));
    consumer.updateBeginningOffsets(Map.of(PLACE, 0L));
    held.take(job);
  }

  @Test
  void resultAndOffsetAreOneTransaction() {
    assertThat(commits.commit(job, 8, RESULT)).isTrue();

    assertThat(producers).hasSize(1);
    assertThat(seenResults()).isEqualTo(1);
    assertThat(committedOffsets()).containsExactly(8L);
  }

  @Test
  void aMemberThatTheGroupDoesNotKnowTellsNothingAndLosesItsJob() {
    troubles.add(new CommitFailedException("not a member"));

    assertThat(commits.commit(job, 8, RESULT)).isFalse();

    assertThat(seenResults()).isZero();
    assertThat(held.isThere()).isFalse();
  }

  @Test
  void whatFailedBeforeItsEndIsDoneOnceMore() {
    troubles.add(new TimeoutException("no coordinator"));

    assertThat(commits.commit(job, 8, RESULT)).isTrue();

    assertThat(producers).hasSize(2);
    assertThat(seenResults()).isEqualTo(1);
    assertThat(held.isThere()).isTrue();
  }

  @Test
  void whatSucceededWithoutAWordIsFoundAndNotDoneAgain() {
    // Given a transaction whose commit arrives and whose answer does not
    troubles.add(new TimeoutException("no answer"));
    consumer.commitSync(Map.of(PLACE, new OffsetAndMetadata(8)));

    assertThat(commits.commit(job, 8, RESULT)).isTrue();

    // Then the next producer only settles it
    assertThat(producers).hasSize(2);
    assertThat(producers.getLast().history()).isEmpty();
  }

  @Test
  void aRenewalLeavesTheOffsetWhereItIs() {
    consumer.commitSync(Map.of(PLACE, new OffsetAndMetadata(7)));
    troubles.add(new TimeoutException("no answer"));

    assertThat(commits.commit(job, 7, List.of())).isTrue();

    assertThat(committedOffsets()).containsExactly(7L);
  }

  @Test
  void troubleThatDoesNotEndIsTold() {
    for (int i = 0; i < 10; i++) {
      troubles.add(new TimeoutException("no broker"));
    }

    assertThatThrownBy(() -> commits.commit(job, 8, RESULT)).isInstanceOf(KafkaException.class);
    assertThat(seenResults()).isZero();
  }

  /// Each meets the next of the troubles.
  private MockProducer<String, byte[]> producer() {
    MockProducer<String, byte[]> producer =
        new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    if (!troubles.isEmpty()) {
      producer.sendOffsetsToTransactionException = troubles.removeFirst();
    }
    producers.add(producer);
    return producer;
  }

  private long seenResults() {
    return producers.stream()
        .filter(MockProducer::transactionCommitted)
        .mapToLong(producer -> producer.history().size())
        .sum();
  }

  private List<Long> committedOffsets() {
    return producers.stream()
        .flatMap(producer -> producer.consumerGroupOffsetsHistory().stream())
        .flatMap(groups -> groups.values().stream())
        .map(offsets -> offsets.get(PLACE).offset())
        .toList();
  }
}
