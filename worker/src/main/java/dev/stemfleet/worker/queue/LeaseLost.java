package dev.stemfleet.worker.queue;

/// The job is no longer ours: another worker may have it. Work on it stops without an output.
public final class LeaseLost extends RuntimeException {
  LeaseLost(String message) {
    super(message);
  }
}
