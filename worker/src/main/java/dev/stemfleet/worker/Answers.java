package dev.stemfleet.worker;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.kafka.Topics;
import dev.stemfleet.common.message.DeadJob;
import dev.stemfleet.common.message.Failure;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.common.message.Schema;
import dev.stemfleet.common.message.Wire;
import dev.stemfleet.common.message.WireException;
import dev.stemfleet.common.metrics.Meter;
import dev.stemfleet.worker.place.Attempts;
import dev.stemfleet.worker.queue.Answer;
import dev.stemfleet.worker.queue.Delivery;
import dev.stemfleet.worker.queue.Letter;
import dev.stemfleet.worker.telemetry.Meters;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers for jobs with what came of them, so that no job leaves the queue without a result. Used
/// by the job loop's thread.
final class Answers {
  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

  private static final int MOST_BYTES_OF_A_DEAD_MESSAGE = 512 << 10;
  private static final int MOST_CHARACTERS_OF_A_KEY = 1000;

  private final String worker;
  private final Topics topics;
  private final Attempts attempts;
  private final WorkerStatus status;
  private final Meters meters;
  private final Clock clock;

  Answers(
      String worker,
      Topics topics,
      Attempts attempts,
      WorkerStatus status,
      Meters meters,
      Clock clock) {
    this.worker = worker;
    this.topics = topics;
    this.attempts = attempts;
    this.status = status;
    this.meters = meters;
    this.clock = clock;
  }

  /// The outputs are in place.
  void done(Delivery delivery, Result result) {
    if (!answered(delivery, result, () -> delivery.acceptSoon(letters(result)))) {
      return;
    }
    status.ended(true);
    meters.count(Meter.JOBS, "succeeded", "none");
    LOG.atInfo()
        .addKeyValue("files", result.files().size())
        .addKeyValue("seconds", seconds(result))
        .addKeyValue("replayed", result.replayed())
        .log("done: {}", result.directory());
  }

  /// Trying again cannot help.
  void refused(Delivery delivery, Job job, Result result, Failure failure, int tries) {
    DeadJob dead = new DeadJob(Schema.VERSION, job, null, failure, tries, worker, clock.instant());
    if (answered(delivery, result, () -> delivery.reject(letters(delivery, result, dead)))) {
      ended(failure);
    }
  }

  /// Somebody asked for the job's end.
  void cancelled(Delivery delivery, Result result) {
    if (!answered(delivery, result, () -> delivery.acceptSoon(letters(result)))) {
      return;
    }
    meters.count(Meter.JOBS, "cancelled", "none");
    LOG.atInfo().log("cancelled");
  }

  /// The message is no job of this version.
  void unreadable(Delivery delivery, WireException problem) {
    FailureCode code = problem.newer() ? FailureCode.NEWER_VERSION : FailureCode.MALFORMED_MESSAGE;
    Failure failure =
        new Failure(code, "read", String.valueOf(problem.getMessage()), code.advice());
    Result result =
        UnreadableJob.in(delivery.value())
            .failed(delivery.key(), place(delivery), worker, failure, clock.instant());
    String bytes = Base64.getEncoder().encodeToString(shortened(delivery.value()));
    DeadJob dead = new DeadJob(Schema.VERSION, null, bytes, failure, 1, worker, clock.instant());
    if (answered(delivery, result, () -> delivery.reject(letters(delivery, result, dead)))) {
      ended(failure);
    }
  }

  /// Another worker shall have it.
  void released(Delivery delivery, String reason) {
    try {
      switch (delivery.release()) {
        case TAKEN -> {
          meters.count(Meter.JOBS_RELEASED);
          LOG.atWarn().log("given back: {}", reason);
        }
        case LEASE_LOST -> LOG.atWarn().log("no longer ours: {}", reason);
      }
    } catch (JobException e) {
      LOG.atWarn().log("not given back, its lock will run out: {}", e.getMessage());
    }
  }

  /// Base64 makes it a third longer, and what the broker does not take would come again for ever.
  private static byte[] shortened(byte[] message) {
    return message.length <= MOST_BYTES_OF_A_DEAD_MESSAGE
        ? message
        : Arrays.copyOf(message, MOST_BYTES_OF_A_DEAD_MESSAGE);
  }

  private void ended(Failure failure) {
    status.ended(false);
    meters.count(Meter.JOBS, "failed", WorkerMeters.small(failure.code()));
    LOG.atError()
        .addKeyValue("code", failure.code())
        .addKeyValue("stage", failure.stage())
        .log("failed: {}", failure.cause());
  }

  /// What cannot be published is not answered either: the job comes again, its outputs are found
  /// finished and only reported.
  ///
  /// @return false if the job has no answer from here
  private boolean answered(Delivery delivery, Result result, Supplier<Answer> answer) {
    try {
      return switch (answer.get()) {
        case TAKEN -> {
          attempts.forget(result.jobId(), result.run());
          yield true;
        }
        case LEASE_LOST -> {
          LOG.atWarn().log("no longer ours: its result is left to others");
          yield false;
        }
      };
    } catch (JobException e) {
      LOG.atWarn()
          .log("the result could not be published, the job will come again: {}", e.getMessage());
      released(delivery, "no result could be published");
      return false;
    }
  }

  private List<Letter> letters(Result result) {
    byte[] value = Wire.write(result);
    Letter letter = Letter.ofBatch(topics.results(), result.batch(), result.jobId(), value);
    return List.of(letter.with(status.headers()));
  }

  private List<Letter> letters(Delivery delivery, Result result, DeadJob dead) {
    String key = delivery.key();
    String shortKey = key.substring(0, Math.min(key.length(), MOST_CHARACTERS_OF_A_KEY));
    Letter grave = Letter.to(topics.dead(), shortKey, Wire.write(dead)).with(status.headers());
    return Stream.concat(letters(result).stream(), Stream.of(grave)).toList();
  }

  private static String place(Delivery delivery) {
    return delivery.partition() == 0
        ? Long.toString(delivery.offset())
        : delivery.partition() + "-" + delivery.offset();
  }

  private static double seconds(Result result) {
    double sum = result.stageSeconds().values().stream().mapToDouble(Double::doubleValue).sum();
    return Math.round(sum * 100) / 100.0;
  }
}
