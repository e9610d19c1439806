package dev.stemfleet.common.failure;

import org.jspecify.annotations.Nullable;

/// A job, or a part of one, could not be done; the code says why and what follows.
public final class JobException extends RuntimeException {
  private final FailureCode code;

  /// @param message the cause in words a user understands, naming the field or file
  public JobException(FailureCode code, String message) {
    this(code, message, null);
  }

  public JobException(FailureCode code, String message, @Nullable Throwable cause) {
    super(Sentence.of(message), cause);
    this.code = code;
  }

  public FailureCode code() {
    return code;
  }
}
