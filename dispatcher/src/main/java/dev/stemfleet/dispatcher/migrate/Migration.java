package dev.stemfleet.dispatcher.migrate;

import dev.stemfleet.common.config.ConfigException;
import dev.stemfleet.common.domain.QueueMode;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.common.kafka.QueueMembers;
import dev.stemfleet.common.kafka.QueueOffsets;
import dev.stemfleet.common.kafka.QueueSetup;
import dev.stemfleet.common.kafka.RecordedQueue;
import dev.stemfleet.common.message.QueueRecord;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/// Moves a fleet's queue to the other mode: records that it moves, so that nobody of either mode
/// joins, moves what is open, and records the new mode. Ended by force at any moment, it is begun
/// again with the same order and goes on. For one thread, once.
///
/// All methods throw Kafka's `KafkaException` when the broker does not answer or refuses.
public final class Migration {
  private final KafkaClients from;
  private final KafkaClients to;
  private final RecordedQueue recorded;
  private final Clock clock;
  private final Duration notice;

  /// @param settings of the fleet; their own mode does not matter
  /// @param notice how long to wait, once it is recorded that the queue moves, for dispatchers that
  ///   are sending to notice
  public Migration(KafkaSettings settings, QueueMode to, Clock clock, Duration notice) {
    this.from = new KafkaClients(settings.withQueue(to.other()));
    this.to = new KafkaClients(settings.withQueue(to));
    this.recorded = new RecordedQueue(this.to, clock);
    this.clock = clock;
    this.notice = notice;
  }

  /// How many jobs would be moved now.
  public long count() {
    Finished finished = Finished.read(from, clock.instant());
    long jobs = 0;
    try (Admin admin = from.admin();
        OpenJobs all = OpenJobs.open(from, QueueOffsets.ask(admin, from.settings()))) {
      for (Optional<OpenJobs.Together> next = all.next(); next.isPresent(); next = all.next()) {
        jobs += next.get().jobs().stream().filter(job -> !finished.has(job.value())).count();
      }
    }
    return jobs;
  }

  /// Moves everything. What was left behind by an earlier move, or sent to the old queue after it,
  /// is moved, too, while the new one is at work.
  ///
  /// @param moved is told now and then how many jobs were moved so far
  /// @return how many
  /// @throws ConfigException if workers of the old queue are alive, or somebody else moves it
  /// @throws dev.stemfleet.common.failure.JobException `BROKER_UNREACHABLE` if a job could not be
  ///   sent
  public long run(LongConsumer moved) {
    QueueSetup.prepare(to);
    requireNobody();
    QueueRecord before = recorded.read().orElse(null);
    QueueMode goal = to.settings().queue();
    boolean settled = before != null && before.mode() == goal && before.movingTo() == null;
    QueueRecord moving = settled ? before : begin(before);
    var _ = QueueSetup.layOut(to);
    long jobs = move(moved);
    if (!settled) {
      record(moving, goal, null);
    }
    return jobs;
  }

  private QueueRecord begin(@Nullable QueueRecord before) {
    QueueMode goal = to.settings().queue();
    if (before != null && before.movingTo() == goal) {
      return before;
    }
    QueueMode old = before == null ? goal.other() : before.mode();
    QueueRecord moving = record(before, old, goal);
    pause();
    try {
      requireNobody();
    } catch (ConfigException e) {
      record(moving, old, before == null ? null : before.movingTo());
      throw e;
    }
    return moving;
  }

  private long move(LongConsumer moved) {
    Finished finished = Finished.read(from, clock.instant());
    try (Move move = new Move(from, to, finished, moved)) {
      while (move.pass()) {
        // Until nothing is left: somebody may have sent meanwhile.
      }
      move.clean();
      return move.jobs();
    }
  }

  /// @throws ConfigException if somebody else was faster
  private QueueRecord record(
      @Nullable QueueRecord before, QueueMode mode, @Nullable QueueMode movingTo) {
    QueueRecord now = recorded.write(before, mode, movingTo);
    if (now.mode() != mode || now.movingTo() != movingTo) {
      throw new ConfigException(
          "queue", "somebody else moves it just now: " + now.by() + ", since " + now.since());
    }
    return now;
  }

  private void requireNobody() {
    try (Admin admin = from.admin()) {
      QueueMembers members = QueueMembers.ask(admin, from.settings());
      if (!members.isEmpty()) {
        throw new ConfigException("queue", alive(members));
      }
    }
  }

  private String alive(QueueMembers members) {
    Finished known = Finished.read(from, clock.instant());
    int count = members.members().size();
    return "%d worker%s of mode %s %s still there, on %s%s; stop %s and run this again%s"
        .formatted(
            count,
            count == 1 ? "" : "s",
            from.settings().queue(),
            count == 1 ? "is" : "are",
            members.hosts(),
            known.workers().isEmpty() ? "" : " (" + String.join(", ", known.workers()) + ")",
            count == 1 ? "it" : "them",
            " (one that was killed counts until its session is over, a minute at most)");
  }

  private void pause() {
    try {
      var _ = new CountDownLatch(1).await(notice.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException(e);
    }
  }
}
