package dev.stemfleet.worker.queue;

/// What became of an answer.
public enum Answer {
  /// The broker knows it.
  TAKEN,
  /// The job was no longer ours: it was or will be handed out again. Outputs and results are
  /// idempotent, so there is nothing to undo.
  LEASE_LOST
}
