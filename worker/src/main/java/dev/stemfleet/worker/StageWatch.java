package dev.stemfleet.worker;

import dev.stemfleet.common.domain.speech.Speech;
import dev.stemfleet.common.message.Failure;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.worker.job.JobOutcome;
import dev.stemfleet.worker.job.Lease;
import dev.stemfleet.worker.job.Reporter;
import dev.stemfleet.worker.job.Stage;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends the process when a stage is stuck, because nothing else ends native code that hangs: the
/// job's mark stays, its lock runs out, and another worker has it. Owns a thread; the caller
/// closes.
///
/// Time in which the whole process stood still does not count.
final class StageWatch implements JobLoop.Runner, AutoCloseable {
  /// Of a process that ended itself.
  static final int EXIT_CODE = 70;

  private static final Logger LOG = LoggerFactory.getLogger(StageWatch.class);
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration BETWEEN_STAGES = Duration.ofMinutes(30);

  /// Of a track whose length nobody has told.
  private static final double UNKNOWN_SECONDS = 3600;

  private static final double BYTES_PER_SPOKEN_SECOND = 10;

  /// Ends the process.
  @FunctionalInterface
  interface Ender {
    void end(int exitCode);
  }

  private final JobLoop.Runner runner;
  private final double patience;
  private final LongSupplier nanos;
  private final Ender ender;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("stemfleet-watch").daemon().factory());

  // Guarded by this:
  private @Nullable Watched watched;
  private long lastTick;
  private Duration elapsed = Duration.ZERO;

  /// What runs, by the watch's own time.
  ///
  /// @param stage null between stages
  private record Watched(
      Job job,
      Thread thread,
      @Nullable Stage stage,
      Duration since,
      double fraction,
      Duration movedAt) {}

  /// @param patience that all deadlines are multiplied with
  /// @param nanos the clock
  StageWatch(JobLoop.Runner runner, double patience, LongSupplier nanos, Ender ender) {
    this.runner = runner;
    this.patience = patience;
    this.nanos = nanos;
    this.ender = ender;
    this.lastTick = nanos.getAsLong();
  }

  void start() {
    var _ =
        timer.scheduleAtFixedRate(
            this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public JobOutcome run(Job job, int attempt, Lease lease, Reporter reporter) {
    enter(job, null);
    try {
      return runner.run(job, attempt, lease, new Watching(reporter));
    } finally {
      leave();
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /// Looks once.
  void tick() {
    String stuck = look();
    if (stuck != null) {
      leave();
      LOG.atError().log(stuck);
      ender.end(EXIT_CODE);
    }
  }

  private synchronized @Nullable String look() {
    long now = nanos.getAsLong();
    Duration step = Duration.ofNanos(now - lastTick);
    lastTick = now;
    elapsed = elapsed.plus(step.compareTo(TICK.multipliedBy(2)) > 0 ? TICK : step);
    return watched == null ? null : complaint(watched);
  }

  private @Nullable String complaint(Watched now) {
    Stage stage = now.stage();
    Duration whole = stage == null ? BETWEEN_STAGES : stage.deadline(trackSeconds(now.job()));
    Duration silence =
        stage == null ? BETWEEN_STAGES : stage.longestSilence(trackSeconds(now.job()));
    Duration running = elapsed.minus(now.since());
    Duration still = elapsed.minus(now.movedAt());
    if (running.compareTo(scaled(whole)) <= 0 && still.compareTo(scaled(silence)) <= 0) {
      return null;
    }
    return ("job %s is stuck in %s: %d s in all, %d s without getting further; this worker ends."
            + " It hangs at: %s")
        .formatted(
            now.job().jobId(),
            stage == null ? "preparations" : stage.key(),
            running.toSeconds(),
            still.toSeconds(),
            place(now.thread()));
  }

  /// Of a script, how long all that is spoken of it will last: texts have more than ten characters
  /// a second, and a take may be one of many.
  private static double trackSeconds(Job job) {
    Speech speech = job.track().speech();
    if (speech != null) {
      int takes = speech.speakers().stream().mapToInt(s -> s.candidates().places()).max().orElse(1);
      return job.track().bytes() / BYTES_PER_SPOKEN_SECOND * takes;
    }
    Double known = job.track().seconds();
    return known == null ? UNKNOWN_SECONDS : known;
  }

  private Duration scaled(Duration limit) {
    return Duration.ofMillis((long) (limit.toMillis() * patience));
  }

  private static String place(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .limit(8)
        .map(StackTraceElement::toString)
        .collect(Collectors.joining(" < "));
  }

  private synchronized void enter(Job job, @Nullable Stage stage) {
    watched = new Watched(job, Thread.currentThread(), stage, elapsed, 0, elapsed);
  }

  private synchronized void leave() {
    watched = null;
  }

  private synchronized void moved(Job job, Stage stage, double fraction) {
    Watched before = watched;
    if (before == null || before.stage() != stage) {
      enter(job, stage);
    } else if (fraction > before.fraction()) {
      watched = new Watched(job, before.thread(), stage, before.since(), fraction, elapsed);
    }
  }

  /// Hears what the job reports on its way.
  private final class Watching implements Reporter {
    private final Reporter reporter;

    Watching(Reporter reporter) {
      this.reporter = reporter;
    }

    @Override
    public void started(Job job, int attempt) {
      reporter.started(job, attempt);
    }

    @Override
    public void progress(Job job, Stage stage, double fraction) {
      moved(job, stage, fraction);
      reporter.progress(job, stage, fraction);
    }

    @Override
    public void units(Job job, Stage stage, int done, int wanted) {
      moved(job, stage, Math.min(1, (double) done / wanted));
      reporter.units(job, stage, done, wanted);
    }

    @Override
    public void stageEnded(Job job, Stage stage, double seconds) {
      enter(job, null);
      reporter.stageEnded(job, stage, seconds);
    }

    @Override
    public void retrying(Job job, Failure failure, int attempt, double waitSeconds) {
      reporter.retrying(job, failure, attempt, waitSeconds);
    }
  }
}
