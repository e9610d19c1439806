package dev.stemfleet.worker.queue;

import java.time.Duration;
import java.util.Optional;

/// Where jobs come from: each is handed to one worker at a time, at least once. Thread-safe.
public interface JobQueue extends AutoCloseable {
  /// Waits for the next job. Jobs of one track come one after the other, in order; some queues
  /// lease all of them meanwhile, others hand out the next only once the last is answered. Nothing
  /// is leased before it is asked for, here or by {@link Delivery#acceptSoon}, and no further track
  /// while one delivery of the last is unanswered.
  ///
  /// @param wait how long at most
  /// @return empty if nothing came in time, or once taking has stopped
  /// @throws dev.stemfleet.common.failure.JobException if this queue cannot be read at all (rights,
  ///   topic missing, broker too old); trying again is allowed
  Optional<Delivery> take(Duration wait) throws InterruptedException;

  /// Nothing more is handed out from now on, and a waiting {@link #take} returns empty. What was
  /// handed out stays leased until answered; what was fetched and not yet handed out is given back.
  void stopTaking();

  /// Why the queue cannot be read at the moment, in one sentence; empty when all is well.
  Optional<String> trouble();

  /// What became of leases so far.
  default LeaseCounts leases() {
    return LeaseCounts.NONE;
  }

  /// Stops taking, gives back what is unanswered and leaves. Safe to call twice.
  @Override
  void close();
}
