package dev.stemfleet.worker.queue;

/// What became of leases since the queue was opened.
///
/// @param renewals that the broker confirmed
/// @param lost jobs in hand whose lease was lost
public record LeaseCounts(long renewals, long lost) {
  static final LeaseCounts NONE = new LeaseCounts(0, 0);
}
