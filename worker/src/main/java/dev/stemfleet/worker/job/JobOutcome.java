package dev.stemfleet.worker.job;

import dev.stemfleet.common.message.Failure;
import dev.stemfleet.common.message.Result;

/// What came of one try of a job. The job loop alone decides what follows.
public sealed interface JobOutcome {
  /// The outputs are in place.
  record Done(Result result) implements JobOutcome {}

  /// Something failed that may work later.
  ///
  /// @param failed the result to publish when there is no later
  record TryAgain(Failure failure, Result failed) implements JobOutcome {}

  /// Trying again cannot help.
  ///
  /// @param failed the result to publish
  record Refused(Failure failure, Result failed) implements JobOutcome {}

  /// Somebody asked for its end.
  ///
  /// @param failed the result to publish
  record Cancelled(Failure failure, Result failed) implements JobOutcome {}

  /// This worker may no longer work on it: the lease is lost, or the worker leaves.
  record Stopped(String reason) implements JobOutcome {}
}
