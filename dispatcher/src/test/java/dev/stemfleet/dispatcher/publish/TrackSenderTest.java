package dev.stemfleet.dispatcher.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.common.kafka.TopicReader;
import dev.stemfleet.common.kafka.TopicSetup;
import dev.stemfleet.dispatcher.local.LocalBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.record.internal.FileLogInputStream.FileChannelRecordBatch;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.Record;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrackSenderTest {
  private static final long SEED = 7;

  @TempDir static Path folder;
  private static LocalBroker broker;

  @BeforeAll
  static void start() throws IOException {
    broker = LocalBroker.start(LocalBroker.Options.in(folder));
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void everyTrackIsOneBatchAndTheyAreInOrder() throws IOException {
    // Given tracks with one to nine jobs, of all sizes
    KafkaClients clients = clients("order.");
    Random random = new Random(SEED);
    System.out.println("seed " + SEED);
    int tracks = 1500;
    int[] jobs = IntStream.range(0, tracks).map(i -> 1 + random.nextInt(9)).toArray();

    // When they are sent, now and then after a pause
    try (TrackSender sender = TrackSender.open(clients)) {
      for (int track = 0; track < tracks; track++) {
        sender.send("t" + track, jobs("t" + track, jobs[track], random.nextInt(6000)));
        if (random.nextInt(100) == 0) {
          sender.flush();
          assertThat(sender.unconfirmed()).isZero();
        }
      }
    }

    // Then each is a batch
    List<List<String>> batches = batches(clients);
    assertThat(batches).hasSize(tracks);
    for (int track = 0; track < tracks; track++) {
      assertThat(batches.get(track)).hasSize(jobs[track]).containsOnly("t" + track);
    }
    assertThat(entries(clients, clients.settings().topics().batches()))
        .hasSize(IntStream.of(jobs).sum());
  }

  @Test
  void aTrackLargerThanABatchTakesSeveralOfItsOwn() throws IOException {
    KafkaClients clients = clients("large.");

    try (TrackSender sender = TrackSender.open(clients)) {
      sender.send("small", jobs("small", 3, 1000));
      sender.send("large", jobs("large", 30, 100_000));
      sender.send("last", jobs("last", 3, 1000));
    }

    List<List<String>> batches = batches(clients);
    assertThat(batches).allSatisfy(keys -> assertThat(Set.copyOf(keys)).hasSize(1));
    assertThat(batches.getFirst()).containsExactly("small", "small", "small");
    assertThat(batches.getLast()).containsExactly("last", "last", "last");
    assertThat(batches.stream().flatMap(List::stream).filter("large"::equals)).hasSize(30);
    assertThat(batches).hasSizeBetween(5, 6);
  }

  @Test
  void aJobThatKafkaRefusesIsReported() {
    KafkaClients clients = clients("refused.");

    try (TrackSender sender = TrackSender.open(clients)) {
      sender.send("fine", jobs("fine", 2, 1000));
      assertThatThrownBy(
              () -> {
                sender.send("refused", jobs("refused", 1, 3 << 20));
                sender.flush();
              })
          .isInstanceOfSatisfying(
              JobException.class,
              e -> assertThat(e.code()).isEqualTo(FailureCode.BROKER_UNREACHABLE))
          .hasMessageContaining("could not be sent");
      assertThatThrownBy(sender::flush).isInstanceOf(JobException.class);
    }
  }

  private static KafkaClients clients(String prefix) {
    KafkaSettings settings = broker.settings().withPrefix(prefix);
    KafkaClients clients = new KafkaClients(settings);
    try (Admin admin = clients.admin()) {
      new TopicSetup(admin, settings).apply();
    }
    return clients;
  }

  private static List<TrackSender.Outgoing> jobs(String track, int count, int bytes) {
    return IntStream.range(0, count)
        .mapToObj(job -> new TrackSender.Outgoing("b", track + "-" + job, new byte[bytes]))
        .toList();
  }

  /// The keys of each batch of the jobs topic.
  private static List<List<String>> batches(KafkaClients clients) throws IOException {
    Path log =
        folder
            .resolve("data")
            .resolve(clients.settings().topics().jobs() + "-0")
            .resolve("00000000000000000000.log");
    List<List<String>> batches = new ArrayList<>();
    try (FileRecords records = FileRecords.open(log.toFile())) {
      for (FileChannelRecordBatch batch : records.batches()) {
        List<String> keys = new ArrayList<>();
        for (Record record : batch) {
          keys.add(StandardCharsets.UTF_8.decode(record.key()).toString());
        }
        batches.add(keys);
      }
    }
    return batches;
  }

  private static List<TopicReader.Entry> entries(KafkaClients clients, String topic) {
    List<TopicReader.Entry> entries = new ArrayList<>();
    try (TopicReader reader = TopicReader.fromStart(clients, Set.of(topic))) {
      while (!reader.caughtUp()) {
        entries.addAll(reader.poll(Duration.ofMillis(500)));
      }
    }
    return entries;
  }
}
