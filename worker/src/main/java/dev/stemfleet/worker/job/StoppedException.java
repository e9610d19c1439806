package dev.stemfleet.worker.job;

/// Ends a job between two steps because its worker may no longer work on it.
public final class StoppedException extends RuntimeException {
  private final boolean cancelled;

  public StoppedException(String reason) {
    this(reason, false);
  }

  private StoppedException(String reason, boolean cancelled) {
    super(reason, null, false, false);
    this.cancelled = cancelled;
  }

  /// Nobody wants the job any more.
  static StoppedException cancelled() {
    return new StoppedException("cancelled", true);
  }

  boolean isCancelled() {
    return cancelled;
  }
}
