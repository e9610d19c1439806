package dev.stemfleet.worker.job;

/// Ends a job between two steps because its worker may no longer work on it.
public final class StoppedException extends RuntimeException {
  public StoppedException(String reason) {
    super(reason, null, false, false);
  }
}
