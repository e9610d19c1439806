package dev.stemfleet.dispatcher.publish;

import dev.stemfleet.common.domain.QueueMode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.common.kafka.QueueMembers;
import dev.stemfleet.common.kafka.QueueOffsets;
import dev.stemfleet.common.kafka.RecordedQueue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/// Where jobs are sent to while they are sent: looks every few seconds, on a thread of its own,
/// whether the queue is still the one that it was, and in a queue of mode `group` who takes jobs
/// and how much waits. Thread-safe; caller closes.
public final class JobPlaces implements AutoCloseable {
  /// Whoever moves a queue waits for longer than this until nobody sends to the old one any more.
  public static final Duration LOOK_EVERY = Duration.ofSeconds(3);

  private final KafkaClients clients;
  private final CountDownLatch closing = new CountDownLatch(1);

  // Guarded by this:
  private final Map<Integer, Long> placed = new HashMap<>();
  private @Nullable Placement placement;
  private @Nullable RuntimeException moved;

  private JobPlaces(KafkaClients clients) {
    this.clients = clients;
  }

  /// Looks once, then now and then.
  ///
  /// @throws JobException `BROKER_UNREACHABLE` if the broker does not answer or refuses
  static JobPlaces open(KafkaClients clients) {
    JobPlaces places = new JobPlaces(clients);
    try {
      places.look();
    } catch (KafkaException e) {
      throw TrackSender.notSent(e);
    }
    Thread.ofPlatform().name("stemfleet-places").daemon().start(places::run);
    return places;
  }

  /// The partition for a track.
  ///
  /// @param jobs of the track
  /// @return null where the topic has one partition only
  /// @throws dev.stemfleet.common.config.ConfigException if the queue was moved meanwhile
  synchronized @Nullable Integer place(int jobs) {
    if (moved != null) {
      throw moved;
    }
    if (placement == null) {
      return null;
    }
    int partition = placement.place(jobs);
    placed.merge(partition, (long) jobs, Long::sum);
    return partition;
  }

  @Override
  public void close() {
    closing.countDown();
  }

  private void run() {
    try {
      while (!closing.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        lookAgain();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void lookAgain() {
    try {
      new RecordedQueue(clients, InstantSource.system()).require();
      look();
    } catch (KafkaException e) {
      // What was known before is still good enough; that jobs arrive is seen elsewhere.
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private synchronized void fail(RuntimeException e) {
    moved = e;
  }

  private void look() {
    KafkaSettings settings = clients.settings();
    if (settings.queue() == QueueMode.SHARE) {
      return;
    }
    Map<Integer, Long> before = placedSoFar();
    try (Admin admin = clients.admin()) {
      Map<Integer, Long> waiting = new HashMap<>();
      QueueOffsets.ask(admin, settings)
          .partitions()
          .forEach((partition, open) -> waiting.put(partition, open.waiting()));
      List<Set<Integer>> members =
          QueueMembers.ask(admin, settings).members().stream()
              .map(QueueMembers.Member::partitions)
              .toList();
      if (waiting.isEmpty()) {
        throw new KafkaException("There is no topic " + settings.jobsTopic());
      }
      renew(new Placement(waiting, members), before);
    }
  }

  private synchronized Map<Integer, Long> placedSoFar() {
    return Map.copyOf(placed);
  }

  /// What was placed while the brokers were asked may not be in what they said.
  private synchronized void renew(Placement seen, Map<Integer, Long> before) {
    placed.forEach(
        (partition, jobs) -> seen.add(partition, jobs - before.getOrDefault(partition, 0L)));
    placement = seen;
  }
}
