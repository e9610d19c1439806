package dev.stemfleet.common.message;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.Sentence;

/// Why a job failed, in words a user understands.
///
/// @param stage in which it happened
/// @param cause what happened, naming the file or field; never blank
/// @param advice what to do; never blank
public record Failure(FailureCode code, String stage, String cause, String advice) {
  public Failure {
    stage = Sentence.of(stage);
    cause = Sentence.of(cause.isBlank() ? code.meaning() : cause);
    advice = Sentence.of(advice.isBlank() ? code.advice() : advice);
  }
}
