package dev.stemfleet.worker;

import dev.stemfleet.common.message.Failure;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.TraceContext;
import dev.stemfleet.common.message.Wire;
import dev.stemfleet.common.message.WireException;
import dev.stemfleet.worker.job.JobOutcome;
import dev.stemfleet.worker.job.Lease;
import dev.stemfleet.worker.job.Reporter;
import dev.stemfleet.worker.job.StoppedException;
import dev.stemfleet.worker.queue.Delivery;
import dev.stemfleet.worker.queue.JobQueue;
import dev.stemfleet.worker.queue.LeaseLost;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// Takes a job, runs it, answers for it, until it is told to stop. One thread, the device thread;
/// [#stop] may come from any.
final class JobLoop {
  private static final Logger LOG = LoggerFactory.getLogger(JobLoop.class);
  private static final Duration LOOK_UP_EVERY = Duration.ofSeconds(1);

  /// Tries a job once; never throws for what can happen to a job.
  @FunctionalInterface
  interface Runner {
    JobOutcome run(Job job, int attempt, Lease lease, Reporter reporter);
  }

  private final JobQueue queue;
  private final Runner runner;
  private final Answers answers;
  private final Reporter reporter;
  private final WorkerStatus status;
  private final Conduct conduct;
  private final DeviceHealth device = new DeviceHealth();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile long stopAtNanos = Long.MAX_VALUE;

  /// What this worker does when things do not go as planned.
  ///
  /// @param retries after failures that may pass
  /// @param cancels what nobody wants any more
  /// @param grace for the running job when the worker is asked to leave
  record Conduct(Retries retries, Cancels cancels, Duration grace) {}

  JobLoop(
      JobQueue queue,
      Runner runner,
      Answers answers,
      Reporter reporter,
      WorkerStatus status,
      Conduct conduct) {
    this.queue = queue;
    this.runner = runner;
    this.answers = answers;
    this.reporter = reporter;
    this.status = status;
    this.conduct = conduct;
  }

  /// Works until told to stop.
  ///
  /// @throws dev.stemfleet.common.failure.JobException if the queue cannot be read at all
  void run() throws InterruptedException {
    while (stopping.getCount() > 0) {
      status.turns();
      Optional<Delivery> next = queue.take(LOOK_UP_EVERY);
      if (next.isPresent()) {
        work(next.get());
      }
      if (device.unfit()) {
        standAside();
      }
    }
  }

  /// Stays, so that its heartbeat says why nothing is done here, until it is told to stop.
  private void standAside() throws InterruptedException {
    queue.stopTaking();
    status.isUnfit();
    LOG.atError()
        .log(
            "the device failed several jobs in a row: no more jobs are taken; check the device and"
                + " its driver, then start the worker anew");
    stopping.await();
  }

  /// Takes nothing new; the running job has the grace period to finish.
  void stop() {
    stopAtNanos = System.nanoTime() + conduct.grace().toNanos();
    stopping.countDown();
    status.drains();
    queue.stopTaking();
  }

  private void work(Delivery delivery) throws InterruptedException {
    Job job;
    Optional<TraceContext> told =
        TraceContext.parse(delivery.headers().get(TraceContext.HEADER)).map(JobLoop::own);
    status.traces(told.orElse(null));
    try {
      job = Wire.readJob(delivery.value());
    } catch (WireException e) {
      answers.unreadable(delivery, e);
      return;
    }
    TraceContext trace = told.orElseGet(() -> own(TraceContext.of(job)));
    status.traces(trace);
    MDC.put("trace", trace.traceId());
    MDC.put("job", job.jobId());
    MDC.put("track", job.track().id());
    MDC.put("channel", job.channel().key());
    try {
      untilAnswered(job, delivery);
    } finally {
      MDC.clear();
      status.traces(null);
      status.idles();
    }
  }

  /// The step that this worker is in the job's trace.
  private static TraceContext own(TraceContext trace) {
    return trace.step(UUID.randomUUID().toString());
  }

  private void untilAnswered(Job job, Delivery delivery) throws InterruptedException {
    Retries.Course course = conduct.retries().course(job);
    for (int tries = 1; ; tries++) {
      int attempt = course.triesBefore() + tries;
      reporter.started(job, attempt);
      JobOutcome outcome = runner.run(job, attempt, new HeldWhile(job, delivery), reporter);
      switch (outcome) {
        case JobOutcome.Done(var result) -> {
          if (!result.replayed()) {
            device.worked();
          }
          answers.done(delivery, result);
        }
        case JobOutcome.Refused(var failure, var result) ->
            answers.refused(delivery, job, result, failure, attempt);
        case JobOutcome.Cancelled(var _, var result) -> {
          reporter.cancelled(job);
          answers.cancelled(delivery, result);
        }
        case JobOutcome.Stopped(String reason) -> answers.released(delivery, reason);
        case JobOutcome.TryAgain(var failure, var result) -> {
          device.failed(job.jobId(), failure.code());
          if (device.unfit()) {
            answers.released(delivery, failure.cause());
            return;
          }
          switch (course.after(tries)) {
            case Retries.Step.Wait(Duration wait) -> {
              if (waited(job, failure, attempt, wait)) {
                continue;
              }
              answers.released(delivery, "the worker leaves");
            }
            case Retries.Step.Release() -> answers.released(delivery, failure.cause());
            case Retries.Step.GiveUp() -> answers.refused(delivery, job, result, failure, attempt);
          }
        }
      }
      return;
    }
  }

  /// Waits for the next try, or until somebody cancels the job, which the next try finds out.
  ///
  /// @return false if the worker is to leave meanwhile
  private boolean waited(Job job, Failure failure, int attempt, Duration wait)
      throws InterruptedException {
    reporter.retrying(job, failure, attempt, wait.toMillis() / 1000.0);
    LOG.atWarn()
        .addKeyValue("attempt", attempt)
        .addKeyValue("code", failure.code())
        .addKeyValue("wait", wait)
        .log("will be retried: {}", failure.cause());
    long end = System.nanoTime() + wait.toNanos();
    for (long left = wait.toNanos(); left > 0; left = end - System.nanoTime()) {
      if (conduct.cancels().mean(job)) {
        return true;
      }
      if (stopping.await(Math.min(left, LOOK_UP_EVERY.toNanos()), TimeUnit.NANOSECONDS)) {
        return false;
      }
    }
    return true;
  }

  /// The delivery as a running job sees it: held while it is leased and the worker may still work.
  private final class HeldWhile implements Lease {
    private final Job job;
    private final Delivery delivery;

    HeldWhile(Job job, Delivery delivery) {
      this.job = job;
      this.delivery = delivery;
    }

    @Override
    public boolean held() {
      return delivery.leased();
    }

    @Override
    public boolean mayWork() {
      return System.nanoTime() < stopAtNanos;
    }

    @Override
    public boolean wanted() {
      return !conduct.cancels().mean(job);
    }

    @Override
    public void renew() {
      try {
        delivery.renew();
      } catch (LeaseLost e) {
        throw new StoppedException(String.valueOf(e.getMessage()));
      }
    }
  }
}
