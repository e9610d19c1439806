package dev.stemfleet.dispatcher.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.config.ConfigException;
import dev.stemfleet.common.domain.QueueMode;
import dev.stemfleet.common.kafka.BatchPartition;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.common.kafka.QueueOffsets;
import dev.stemfleet.common.kafka.QueueSetup;
import dev.stemfleet.common.kafka.RecordedQueue;
import dev.stemfleet.common.kafka.TopicReader;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.QueueRecord;
import dev.stemfleet.common.message.Wire;
import dev.stemfleet.common.message.WireException;
import dev.stemfleet.dispatcher.local.SharedBroker;
import dev.stemfleet.dispatcher.publish.TrackSender;
import dev.stemfleet.dispatcher.watch.Messages;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
final class MigrationTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String BATCH = "friday";
  private static final int CHANNELS = 3;

  private KafkaClients share;
  private KafkaClients group;

  @BeforeEach
  void twoWays(KafkaSettings fresh) {
    share = new KafkaClients(fresh.withDevices(1));
    group = new KafkaClients(share.settings().withQueue(QueueMode.GROUP));
  }

  @Test
  void whatIsOpenGoesThereAndBackInOrderAndWhatIsDoneStays() throws Exception {
    // Given 40 tracks, of which workers have finished ten
    send(share, 0, 40);
    takeOfShareGroup(10);

    // When the queue is moved to a consumer group
    assertThat(migration(QueueMode.GROUP).count()).isEqualTo(30 * CHANNELS);
    List<Long> told = new ArrayList<>();
    assertThat(migration(QueueMode.GROUP).run(told::add)).isEqualTo(30 * CHANNELS);

    // Then all that was open is there once: tracks whole, on all partitions, in their order
    assertThat(told.getLast()).isEqualTo(30 * CHANNELS);
    List<TopicReader.Entry> moved = all(group);
    assertThat(values(moved)).containsExactlyInAnyOrderElementsOf(jobs(10, 40));
    assertThat(tracksByPartition(moved))
        .hasSize(4)
        .allSatisfy((p, n) -> assertThat(n).isBetween(7, 8));
    assertThat(partitionsOfATrack(moved)).isEqualTo(1);
    moved.stream()
        .map(TopicReader.Entry::partition)
        .distinct()
        .forEach(number -> assertThat(inPartition(moved, number)).isSorted());
    assertThat(waiting(share)).isZero();
    assertThat(all(share)).isEmpty();

    // And the old way is closed
    assertThatThrownBy(() -> QueueSetup.join(share)).isInstanceOf(ConfigException.class);
    QueueSetup.join(group);

    // When two partitions' worth of it is done and the queue is moved back
    long done = takeOfConsumerGroup(20);
    assertThat(migration(QueueMode.SHARE).run(jobs -> {})).isEqualTo(30 * CHANNELS - done);

    // Then the rest is on the old topic, each once
    List<String> back = values(all(share));
    assertThat(back)
        .hasSize(30 * CHANNELS - (int) done)
        .doesNotHaveDuplicates()
        .isSubsetOf(jobs(10, 40));
    assertThat(waiting(group)).isZero();
    assertThat(recorded().mode()).isEqualTo(QueueMode.SHARE);
  }

  @Test
  void brokenOffAtTheWorstMomentItGoesOnAndLosesNothing() {
    // Given more than is moved at a time
    send(share, 0, 200);

    // When it is broken off after jobs were sent and before the old queue is told
    assertThatThrownBy(
            () ->
                migration(QueueMode.GROUP)
                    .run(
                        moved -> {
                          if (moved > 550) {
                            throw new IllegalStateException("pulled the plug");
                          }
                        }))
        .hasMessage("pulled the plug");

    // Then nobody of either mode may join
    assertThat(recorded().movingTo()).isEqualTo(QueueMode.GROUP);
    for (KafkaClients either : List.of(share, group)) {
      assertThatThrownBy(() -> QueueSetup.apply(either, PATIENCE))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("is being moved from share to group");
    }

    // And a second order ends it: nothing is lost, and twice is only what was on its way
    var _ = migration(QueueMode.GROUP).run(moved -> {});
    List<String> moved = values(all(group));
    assertThat(new HashSet<>(moved)).isEqualTo(new HashSet<>(jobs(0, 200)));
    assertThat(moved.size()).isBetween(200 * CHANNELS + 1, 200 * CHANNELS + 100);
    assertThat(recorded().mode()).isEqualTo(QueueMode.GROUP);
    assertThat(recorded().movingTo()).isNull();
    assertThat(waiting(share)).isZero();

    // And what is sent to the old queue nevertheless is fetched by a third
    send(share, 500, 502);
    assertThat(migration(QueueMode.GROUP).run(jobs -> {})).isEqualTo(2 * CHANNELS);
    assertThat(values(all(group))).containsAll(jobs(500, 502));
  }

  @Test
  void whileAWorkerIsThereNothingIsMoved() {
    send(share, 0, 2);
    try (ShareConsumer<String, byte[]> worker = share.shareConsumer()) {
      worker.subscribe(List.of(share.settings().jobsTopic()));
      while (worker.poll(Duration.ofMillis(100)).isEmpty()) {
        // Until it is a member for certain.
      }
      assertThatThrownBy(() -> migration(QueueMode.GROUP).run(jobs -> {}))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("1 worker of mode share is still there")
          .hasMessageContaining("127.0.0.1")
          .hasMessageContaining("stop it and run this again");
    }
    assertThat(recorded()).extracting(QueueRecord::mode).isEqualTo(QueueMode.SHARE);
    assertThat(recorded().movingTo()).isNull();
  }

  private Migration migration(QueueMode to) {
    return new Migration(share.settings(), to, Clock.systemUTC(), Duration.ZERO);
  }

  private QueueRecord recorded() {
    return new RecordedQueue(share, Clock.systemUTC()).read().orElseThrow();
  }

  /// Tracks of some channels each, without asking whether that is the fleet's queue.
  private static void send(KafkaClients to, int first, int end) {
    if (new RecordedQueue(to, Clock.systemUTC()).read().isEmpty()) {
      QueueSetup.apply(to, PATIENCE);
    }
    try (TrackSender sender = TrackSender.open(to)) {
      for (int track = first; track < end; track++) {
        String id = id(track);
        sender.send(
            id,
            IntStream.range(0, CHANNELS)
                .mapToObj(channel -> job(id, channel))
                .map(job -> new TrackSender.Outgoing(BATCH, job.jobId(), Wire.write(job)))
                .toList());
      }
    }
  }

  private static Job job(String track, int channel) {
    return Messages.job(BATCH, Integer.toString(channel), track, "A Title");
  }

  private static List<String> jobs(int first, int end) {
    return IntStream.range(first, end)
        .boxed()
        .flatMap(track -> IntStream.range(0, CHANNELS).mapToObj(job -> id(track) + "/" + job))
        .toList();
  }

  private static String id(int track) {
    return "t%04d".formatted(track);
  }

  /// As workers do it: a result first.
  private void takeOfShareGroup(int tracks) throws Exception {
    try (Producer<String, byte[]> results = share.producer();
        ShareConsumer<String, byte[]> worker = share.shareConsumer()) {
      worker.subscribe(List.of(share.settings().jobsTopic()));
      int taken = 0;
      while (taken < tracks * CHANNELS) {
        for (ConsumerRecord<String, byte[]> job : worker.poll(Duration.ofMillis(100))) {
          Job done = Wire.read(job.value(), Job.class);
          byte[] result = Wire.write(Messages.done(done, "w1", 5));
          String topic = share.settings().topics().results();
          results.send(BatchPartition.record(results, topic, BATCH, done.jobId(), result)).get();
          worker.acknowledge(job);
          taken++;
        }
        worker.commitSync();
      }
    }
  }

  /// @return how many were taken
  private long takeOfConsumerGroup(int least) {
    try (Consumer<String, byte[]> worker =
        group.groupConsumer(Duration.ofMinutes(1), OptionalInt::empty)) {
      worker.subscribe(List.of(group.settings().jobsTopic()));
      long taken = 0;
      while (taken < least) {
        taken += worker.poll(Duration.ofMillis(100)).count();
        worker.commitSync();
      }
      return taken;
    }
  }

  private static long waiting(KafkaClients clients) {
    try (Admin admin = clients.admin()) {
      return QueueOffsets.ask(admin, clients.settings()).waiting();
    }
  }

  private static List<TopicReader.Entry> all(KafkaClients clients) {
    List<TopicReader.Entry> all = new ArrayList<>();
    try (TopicReader reader =
        TopicReader.fromStart(clients, Set.of(clients.settings().jobsTopic()))) {
      while (!reader.caughtUp()) {
        all.addAll(reader.poll(Duration.ofMillis(200)));
      }
    }
    return all;
  }

  private static List<String> values(List<TopicReader.Entry> entries) {
    return entries.stream().map(entry -> name(entry.value().orElseThrow())).toList();
  }

  private static String name(byte[] message) {
    try {
      Job job = Wire.read(message, Job.class);
      return job.track().artist() + "/" + job.channel().key();
    } catch (WireException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> inPartition(List<TopicReader.Entry> entries, int number) {
    return values(entries.stream().filter(entry -> entry.partition() == number).toList());
  }

  private static Map<Integer, Integer> tracksByPartition(List<TopicReader.Entry> entries) {
    Map<Integer, Set<String>> tracks = new HashMap<>();
    entries.forEach(
        entry -> tracks.computeIfAbsent(entry.partition(), p -> new HashSet<>()).add(entry.key()));
    Map<Integer, Integer> counts = new HashMap<>();
    tracks.forEach((partition, keys) -> counts.put(partition, keys.size()));
    return counts;
  }

  private static int partitionsOfATrack(List<TopicReader.Entry> entries) {
    Map<String, Set<Integer>> places = new HashMap<>();
    entries.forEach(
        entry ->
            places.computeIfAbsent(entry.key(), key -> new HashSet<>()).add(entry.partition()));
    return places.values().stream().mapToInt(Set::size).max().orElseThrow();
  }
}
