package dev.stemfleet.worker.queue;

import java.util.List;
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

  /// Where it lies in its partition of the jobs topic; a republished job has a new one.
  long offset();

  /// The part of the jobs topic where it lies.
  int partition();

  /// How often it was handed out, as far as this queue knows, this time included: 1 or more. It is
  /// no count of attempts: that of a share group also rises for jobs that only lay in the same
  /// batch, that of a consumer group knows nothing of other workers.
  int deliveryCount();

  /// The count at which the queue would drop it in silence; the largest number if it never does.
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

  /// Publishes the job's result, then takes it off the queue; both or none of them where the queue
  /// can do that.
  ///
  /// @param told what is published; a job whose lease is lost may be told of all the same
  /// @throws dev.stemfleet.common.failure.JobException if that could not be published; the job is
  ///   then unanswered
  /// @throws IllegalStateException if it is already answered
  Answer accept(List<Letter> told);

  /// Like {@link #accept(List)} with nothing to be published.
  default Answer accept() {
    return accept(List.of());
  }

  /// Like {@link #accept(List)}, but where publishing and accepting are two things, only the first
  /// is waited for. After the last delivery of a batch it also begins to fetch the next one, and
  /// the broker hears of both together, so that a job costs one round trip less. Only for who calls
  /// {@link JobQueue#take} next, or closes.
  ///
  /// @return what is known so far
  Answer acceptSoon(List<Letter> told);

  /// Like {@link #acceptSoon(List)} with nothing to be published.
  default Answer acceptSoon() {
    return acceptSoon(List.of());
  }

  /// The job goes back and is handed out again soon, to whoever the queue gives it. On the last
  /// delivery but one it is republished instead, so that it never leaves the queue without a
  /// result.
  ///
  /// @throws dev.stemfleet.common.failure.JobException if it had to be published afresh and could
  ///   not be; it is then unanswered
  /// @throws IllegalStateException if it is already answered
  Answer release();

  /// The job is never to be handed out again: publishes its failed result and its entry on the dead
  /// topic, then takes it off the queue.
  ///
  /// @param told as for {@link #accept(List)}
  Answer reject(List<Letter> told);

  /// Like {@link #reject(List)} with nothing to be published.
  default Answer reject() {
    return reject(List.of());
  }

  /// Publishes the same key, value and headers to the jobs topic again, then accepts this delivery:
  /// the job waits at the queue's end with a fresh delivery count.
  ///
  /// @throws dev.stemfleet.common.failure.JobException if it cannot be published; it is then
  ///   unanswered
  /// @throws IllegalStateException if it is already answered
  Answer republish();
}
