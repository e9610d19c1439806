package dev.stemfleet.dispatcher.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.TopicReader;
import dev.stemfleet.common.kafka.TopicSetup;
import dev.stemfleet.dispatcher.local.LocalBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.record.internal.FileLogInputStream.FileChannelRecordBatch;
import org.apache.kafka.common.record.internal.FileRecords;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrackPublisherTest {
  private static final int CHANNELS = 6;
  private static final int JOB_BYTES = 4096;

  @TempDir static Path folder;
  private static LocalBroker broker;
  private static KafkaClients clients;

  @BeforeAll
  static void start() throws IOException {
    broker = LocalBroker.start(LocalBroker.Options.in(folder));
    clients = new KafkaClients(broker.settings());
    try (Admin admin = clients.admin()) {
      new TopicSetup(admin, broker.settings()).apply();
    }
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void eachTrackIsExactlyOneBatchEvenWithSeveralPublishersAtOnce() throws Exception {
    // Given four threads with a publisher each
    int threads = 4;
    int tracksPerThread = 50;
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      // When they publish at the same time
      List<Future<?>> done = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        String name = "thread" + thread;
        done.add(pool.submit(() -> publishTracks(name, tracksPerThread)));
      }
      for (Future<?> one : done) {
        one.get();
      }
    }
    // Then each batch in the broker's log is one track with all its jobs
    List<Set<String>> keys = new ArrayList<>();
    try (FileRecords log = FileRecords.open(segment().toFile())) {
      for (FileChannelRecordBatch batch : log.batches()) {
        Set<String> ofBatch = new HashSet<>();
        int jobs = 0;
        for (var record : batch) {
          byte[] key = new byte[record.keySize()];
          record.key().get(key);
          ofBatch.add(new String(key, java.nio.charset.StandardCharsets.UTF_8));
          jobs++;
        }
        assertThat(jobs).isEqualTo(CHANNELS);
        keys.add(ofBatch);
      }
    }
    assertThat(keys).hasSize(threads * tracksPerThread).allMatch(one -> one.size() == 1);
    assertThat(new HashSet<>(keys)).hasSize(threads * tracksPerThread);
  }

  @Test
  void sendsToOtherTopicsAtTheNextFlush() {
    String topic = clients.settings().topics().batches();
    try (TrackPublisher publisher = TrackPublisher.open(clients)) {
      publisher.send(topic, "job1", new byte[] {1}, Map.of("run", "r1"));
      publisher.send(topic, "job1", null, Map.of());
      publisher.flush();
    }
    try (TopicReader reader = TopicReader.fromStart(clients, Set.of(topic))) {
      List<TopicReader.Entry> entries = reader.poll(Duration.ofSeconds(10));
      assertThat(entries).hasSize(2);
      assertThat(entries.get(0).headers()).containsExactly(Map.entry("run", "r1"));
      assertThat(entries.get(0).key()).isEqualTo("job1");
      assertThat(entries.get(1).value()).isEmpty();
      assertThat(reader.caughtUp()).isTrue();
    }
  }

  @Test
  void belongsToTheThreadThatOpenedIt() throws Exception {
    try (TrackPublisher publisher = TrackPublisher.open(clients);
        ExecutorService other = Executors.newSingleThreadExecutor()) {
      Future<?> use = other.submit(publisher::flush);
      assertThatThrownBy(use::get).hasCauseInstanceOf(IllegalStateException.class);
    }
  }

  private static void publishTracks(String name, int count) {
    try (TrackPublisher publisher = TrackPublisher.open(clients)) {
      for (int track = 0; track < count; track++) {
        publisher.publishTrack(
            name + "-" + track,
            IntStream.range(0, CHANNELS)
                .mapToObj(i -> new TrackPublisher.Message(new byte[JOB_BYTES]))
                .toList());
      }
    }
  }

  private static Path segment() {
    return folder
        .resolve("data")
        .resolve(clients.settings().topics().jobs() + "-0")
        .resolve("00000000000000000000.log");
  }
}
