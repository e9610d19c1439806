package dev.stemfleet.worker;

import dev.stemfleet.common.kafka.Topics;
import dev.stemfleet.common.message.Event;
import dev.stemfleet.common.message.Failure;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.Schema;
import dev.stemfleet.common.message.Wire;
import dev.stemfleet.common.metrics.Meter;
import dev.stemfleet.worker.job.Reporter;
import dev.stemfleet.worker.job.Stage;
import dev.stemfleet.worker.queue.Letter;
import dev.stemfleet.worker.queue.Outbox;
import dev.stemfleet.worker.telemetry.Meters;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Tells the events topic, the meters and the status what happens to jobs. Thread-safe; progress is
/// thinned to two events a second.
final class EventReporter implements Reporter {
  private static final long BETWEEN_EVENTS_NANOS = Duration.ofMillis(500).toNanos();

  private final String worker;
  private final Outbox outbox;
  private final Topics topics;
  private final WorkerStatus status;
  private final Meters meters;
  private final Clock clock;
  private final AtomicLong lastProgress = new AtomicLong();

  EventReporter(
      String worker,
      Outbox outbox,
      Topics topics,
      WorkerStatus status,
      Meters meters,
      Clock clock) {
    this.worker = worker;
    this.outbox = outbox;
    this.topics = topics;
    this.status = status;
    this.meters = meters;
    this.clock = clock;
  }

  @Override
  public void started(Job job, int attempt) {
    tell(
        job.jobId(),
        new Event.Started(
            Schema.VERSION,
            job.jobId(),
            job.run(),
            job.batch(),
            worker,
            clock.instant(),
            job.channel().key(),
            job.track().artist(),
            job.track().title(),
            attempt));
  }

  @Override
  public void progress(Job job, Stage stage, double fraction) {
    progress(job, stage, fraction, null, null);
  }

  @Override
  public void units(Job job, Stage stage, int done, int wanted) {
    progress(job, stage, Math.min(1, (double) done / wanted), done, wanted);
  }

  private void progress(
      Job job,
      Stage stage,
      double fraction,
      @Nullable Integer unitsDone,
      @Nullable Integer unitsWanted) {
    long now = System.nanoTime();
    long last = lastProgress.get();
    boolean edge = fraction <= 0;
    if (edge) {
      status.works(job.jobId(), stage.key());
    }
    if (!edge && now - last < BETWEEN_EVENTS_NANOS) {
      return;
    }
    if (lastProgress.compareAndSet(last, now)) {
      tell(
          job.jobId(),
          new Event.Progressed(
              Schema.VERSION,
              job.jobId(),
              job.run(),
              job.batch(),
              worker,
              clock.instant(),
              stage.key(),
              fraction,
              stage.overall(fraction),
              unitsDone,
              unitsWanted));
    }
  }

  @Override
  public void stageEnded(Job job, Stage stage, double seconds) {
    meters.took(Meter.STAGE_SECONDS, seconds, stage.key());
  }

  @Override
  public void retrying(Job job, Failure failure, int attempt, double waitSeconds) {
    meters.count(Meter.JOB_RETRIES, WorkerMeters.small(failure.code()));
    tell(
        job.jobId(),
        new Event.Retrying(
            Schema.VERSION,
            job.jobId(),
            job.run(),
            job.batch(),
            worker,
            clock.instant(),
            failure,
            attempt,
            waitSeconds));
  }

  @Override
  public void cancelled(Job job) {
    tell(
        job.jobId(),
        new Event.Cancelled(
            Schema.VERSION, job.jobId(), job.run(), job.batch(), worker, clock.instant()));
  }

  private void tell(String key, Record event) {
    outbox.tell(Letter.to(topics.events(), key, Wire.write(event)).with(status.headers()));
  }
}
