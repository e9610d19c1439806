package dev.stemfleet.dispatcher.watch;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.message.Event;
import dev.stemfleet.common.message.Failure;
import dev.stemfleet.common.message.Result;
import java.time.Duration;
import java.time.Instant;

/// Where one run of a job stands. Its methods are the only ways from one phase to the next; all
/// phases are immutable.
///
/// The topics are read side by side, so messages of one run may come in any order: what has ended
/// stays ended.
public sealed interface Phase {
  /// Waits for a worker.
  record Queued() implements Phase {}

  /// In a worker's hands.
  sealed interface Begun extends Phase {
    String worker();

    /// When this run was first begun.
    Instant since();
  }

  /// A worker is at it.
  ///
  /// @param since when this run was first begun
  /// @param attempt 1 for the first try
  /// @param stage empty until the worker named one
  /// @param fraction 0…1 of the stage
  /// @param overall 0…1 of the job
  /// @param heardAt when the worker last said something about it
  record Running(
      String worker,
      Instant since,
      int attempt,
      String stage,
      double fraction,
      double overall,
      Instant heardAt)
      implements Begun {}

  /// A try failed, the next follows by itself.
  ///
  /// @param since when this run was first begun
  /// @param attempt the one that failed
  /// @param nextAt when the next begins
  record Retrying(String worker, Instant since, Failure failure, int attempt, Instant nextAt)
      implements Begun {}

  /// Has ended and does not change any more, unless another run begins.
  sealed interface Ended extends Phase {}

  /// Its files are there.
  record Done(Finish finish) implements Ended {}

  /// It was given up; the finish's failure says why.
  record Failed(Finish finish, Failure failure) implements Ended {}

  /// Somebody asked for its end.
  record Cancelled(Instant at) implements Ended {}

  default Phase after(Event.Started event) {
    return switch (this) {
      case Ended ended -> ended;
      case Queued() -> begun(event, event.at());
      case Begun begun -> begun(event, begun.since());
    };
  }

  default Phase after(Event.Progressed event) {
    return switch (this) {
      case Ended ended -> ended;
      case Queued() -> at(event, event.at(), 1);
      case Retrying retrying -> at(event, retrying.since(), retrying.attempt() + 1);
      // A worker that has lost the job may go on speaking for a while.
      case Running running when !running.worker().equals(event.worker()) -> running;
      case Running running -> at(event, running.since(), running.attempt());
    };
  }

  default Phase after(Event.Retrying event) {
    Instant since = this instanceof Begun begun ? begun.since() : event.at();
    Instant nextAt = event.at().plus(Duration.ofMillis(Math.round(event.waitSeconds() * 1000)));
    return this instanceof Ended
        ? this
        : new Retrying(event.worker(), since, event.failure(), event.attempt(), nextAt);
  }

  default Phase after(Event.Cancelled event) {
    return this instanceof Ended ? this : new Cancelled(event.at());
  }

  /// After a result: a success is not undone by a failure of the same run, because its files are
  /// there.
  default Phase after(Result result) {
    if (this instanceof Done) {
      return this;
    }
    Finish finish = Finish.of(result, secondsOf(result));
    Failure failure = result.failure();
    if (failure == null) {
      return new Done(finish);
    }
    return failure.code() == FailureCode.CANCELLED
        ? new Cancelled(result.finishedAt())
        : new Failed(finish, failure);
  }

  /// After a worker left: what it had not finished waits again.
  default Phase afterLeaving(String worker) {
    return this instanceof Begun begun && begun.worker().equals(worker) ? new Queued() : this;
  }

  private double secondsOf(Result result) {
    return this instanceof Begun begun && !result.replayed()
        ? Math.max(0, Duration.between(begun.since(), result.finishedAt()).toMillis() / 1000.0)
        : result.stageSeconds().values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private static Running begun(Event.Started event, Instant since) {
    return new Running(event.worker(), since, event.attempt(), "", 0, 0, event.at());
  }

  private static Running at(Event.Progressed event, Instant since, int attempt) {
    return new Running(
        event.worker(),
        since,
        attempt,
        event.stage(),
        event.fraction(),
        event.overall(),
        event.at());
  }
}
