package dev.stemfleet.dispatcher.monitor;

import dev.stemfleet.common.kafka.QueueLook;
import dev.stemfleet.common.message.Event.WorkerState;
import dev.stemfleet.common.metrics.Meter;
import dev.stemfleet.common.metrics.Readings;
import dev.stemfleet.dispatcher.watch.BatchState;
import dev.stemfleet.dispatcher.watch.Counts;
import dev.stemfleet.dispatcher.watch.Fleet;
import dev.stemfleet.dispatcher.watch.JobState;
import dev.stemfleet.dispatcher.watch.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// The fleet and its queue as meters. Pure.
public final class FleetReadings {
  private FleetReadings() {}

  /// Where the brokers do not answer: that, and nothing that may be wrong by now.
  public static Readings blind() {
    return new Readings().add(Meter.QUEUE_UP, 0);
  }

  /// @param fleet as the topics tell
  /// @param queue as the brokers tell, at the same moment
  public static Readings of(Fleet fleet, QueueLook queue) {
    Readings readings = new Readings();
    readings.add(Meter.QUEUE_UP, 1);
    readings.add(Meter.QUEUE_JOBS, queue.use().waiting());
    readings.add(Meter.QUEUE_OLDEST, seconds(oldestWaiting(fleet, queue)));
    readings.add(Meter.QUEUE_WINDOW_USED, queue.use().windowUse());
    readings.add(Meter.DEAD_JOBS, queue.dead());
    readings.add(Meter.LONGEST_JOB, seconds(longest(fleet)));
    addJobs(readings, fleet);
    addWorkers(readings, fleet);
    return readings;
  }

  /// A job that the topics know as waiting may never have reached the queue; while nothing is in
  /// the queue but what runs, none waits.
  private static Optional<Duration> oldestWaiting(Fleet fleet, QueueLook queue) {
    long running = jobs(fleet).filter(job -> job.phase() instanceof Phase.Begun).count();
    return queue.use().waiting() <= running
        ? Optional.empty()
        : jobs(fleet)
            .filter(job -> job.phase() instanceof Phase.Queued)
            .map(job -> job.info().submittedAt())
            .filter(Objects::nonNull)
            .min(Instant::compareTo)
            .map(at -> Duration.between(at, fleet.at()));
  }

  private static Optional<Duration> longest(Fleet fleet) {
    return jobs(fleet)
        .flatMap(job -> job.phase() instanceof Phase.Begun begun ? Stream.of(begun.since()) : null)
        .min(Instant::compareTo)
        .map(since -> Duration.between(since, fleet.at()));
  }

  private static void addJobs(Readings readings, Fleet fleet) {
    Counts all = fleet.batches().stream().map(BatchState::counts).reduce(Counts.NONE, Counts::plus);
    readings
        .add(Meter.FLEET_JOBS, all.queued(), "queued")
        .add(Meter.FLEET_JOBS, all.running(), "running")
        .add(Meter.FLEET_JOBS, all.retrying(), "retrying")
        .add(Meter.FLEET_JOBS, all.done(), "done")
        .add(Meter.FLEET_JOBS, all.failed(), "failed")
        .add(Meter.FLEET_JOBS, all.cancelled(), "cancelled");
  }

  private static void addWorkers(Readings readings, Fleet fleet) {
    for (WorkerState state : WorkerState.values()) {
      if (state != WorkerState.STOPPED) {
        long so =
            fleet.aliveWorkers().stream().filter(worker -> worker.last().state() == state).count();
        readings.add(Meter.FLEET_WORKERS, so, state.name().toLowerCase(Locale.ROOT));
      }
    }
    long lost = fleet.workers().stream().filter(worker -> worker.lost(fleet.at())).count();
    readings.add(Meter.FLEET_WORKERS, lost, "lost");
  }

  private static Stream<JobState> jobs(Fleet fleet) {
    return fleet.batches().stream().flatMap(batch -> batch.jobs().stream());
  }

  private static double seconds(Optional<Duration> span) {
    return span.map(known -> Math.max(0, known.toMillis() / 1000.0)).orElse(0.0);
  }
}
