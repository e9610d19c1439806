package dev.stemfleet.worker.queue;

import java.util.Map;

/// A job as handed to this worker, to be answered exactly once: accept, release, reject or
/// republish. The lease is renewed by the queue until then. Thread-safe.
///
/// If the lease is lost and the same job comes back to this JVM before it is answered, this very
/// delivery is leased again (its count may rise): the running work goes on as if nothing had
/// happened, provided that it has not noticed and stopped in between.
public interface Delivery {
  String key();

  /// The message. Not copied: must not be changed.
  byte[] value();

  Map<String, String> headers();

  /// Where it lies on the jobs topic; a republished job has a new one.
  long offset();

  /// How often it was handed out, this time included: 1 or more. Also rises for jobs that only lay
  /// in the same batch, so it is no count of attempts.
  int deliveryCount();

  /// The count at which the broker would drop it in silence.
  int deliveryLimit();

  /// Whether this is the last delivery but one: {@link #release} then publishes it afresh.
  default boolean lastChance() {
    return deliveryCount() >= deliveryLimit() - 1;
  }

  /// Whether the lease still holds, as far as is known here. Cheap.
  boolean leased();

  /// Renews the lease now; to be called directly before outputs are placed. Blocks until done.
  ///
  /// @throws LeaseLost if the job is no longer ours
  /// @throws IllegalStateException if it is already answered
  void renew();

  /// The job has its result. To be called after the result is published.
  ///
  /// @throws IllegalStateException if it is already answered
  Answer accept();

  /// Like {@link #accept}, but neither waits nor tells what became of it. After the last delivery
  /// of a batch it also begins to fetch the next one, and the broker hears of both together, so
  /// that a job costs one round trip less. Only for who calls {@link JobQueue#take} next, or
  /// closes.
  ///
  /// @throws IllegalStateException if it is already answered
  void acceptSoon();

  /// The job goes back and is handed out again soon, to whoever asks first. On the last delivery
  /// but one it is republished instead, so that it never leaves the queue without a result.
  ///
  /// @throws dev.stemfleet.common.failure.JobException if it had to be published afresh and could
  ///   not be; it is then unanswered
  /// @throws IllegalStateException if it is already answered
  Answer release();

  /// The job is never to be handed out again. To be called after its failed result and its entry on
  /// the dead topic are published.
  ///
  /// @throws IllegalStateException if it is already answered
  Answer reject();

  /// Publishes the same key, value and headers to the jobs topic again, then accepts this delivery:
  /// the job waits at the queue's end with a fresh delivery count.
  ///
  /// @throws dev.stemfleet.common.failure.JobException if it cannot be published; it is then
  ///   unanswered
  /// @throws IllegalStateException if it is already answered
  Answer republish();
}
