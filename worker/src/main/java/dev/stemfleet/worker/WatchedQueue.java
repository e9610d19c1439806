package dev.stemfleet.worker;

import dev.stemfleet.worker.queue.Delivery;
import dev.stemfleet.worker.queue.JobQueue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A queue from which jobs are taken only when the bench says so, and the times at which they were
/// taken. Taken from by one thread; told by any.
final class WatchedQueue implements JobQueue {
  private static final int MANY = 1 << 30;

  private final JobQueue queue;
  private final Clock clock;
  private final Consumer<String> say;
  private final Semaphore allowed = new Semaphore(0);

  // Guarded by this:
  private int warmUp;
  private int wanted = MANY;
  private int taken;
  private boolean working;
  private boolean asked;
  private Instant first = Instant.EPOCH;
  private Instant last = Instant.EPOCH;

  /// @param say takes what was found: one line of JSON
  WatchedQueue(JobQueue queue, Clock clock, Consumer<String> say) {
    this.queue = queue;
    this.clock = clock;
    this.say = say;
  }

  /// Lets jobs be taken and tells how long they took, from one take to the take so many jobs later.
  /// That last one is done, too.
  ///
  /// @param first how many come before those that are measured
  void measure(int first, int jobs) {
    begin(first, first + jobs + 1);
    allowed.release(first + jobs + 1);
  }

  /// Lets jobs be taken as they come.
  void open() {
    begin(0, MANY);
    allowed.drainPermits();
    allowed.release(MANY);
  }

  /// Tells what was done since the last report, once nothing is in work.
  synchronized void report() {
    asked = true;
    tellIfIdle();
  }

  @Override
  public Optional<Delivery> take(Duration wait) throws InterruptedException {
    answered();
    if (!allowed.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
      return Optional.empty();
    }
    Optional<Delivery> next = queue.take(wait);
    if (next.isPresent()) {
      taken();
    } else {
      allowed.release();
    }
    return next;
  }

  @Override
  public void stopTaking() {
    queue.stopTaking();
  }

  @Override
  public Optional<String> trouble() {
    return queue.trouble();
  }

  @Override
  public void close() {
    queue.close();
  }

  private synchronized void begin(int before, int all) {
    warmUp = before;
    wanted = all;
    taken = 0;
  }

  private synchronized void taken() {
    working = true;
    if (taken++ == warmUp) {
      first = clock.instant();
    }
    if (taken == wanted) {
      last = clock.instant();
      tell(taken - warmUp - 1);
    }
  }

  private synchronized void answered() {
    if (working && wanted == MANY) {
      last = clock.instant();
    }
    working = false;
    tellIfIdle();
  }

  private void tellIfIdle() {
    if (asked && !working) {
      asked = false;
      tell(taken);
      taken = 0;
    }
  }

  private void tell(int jobs) {
    say.accept(json(jobs, first, last));
  }

  /// @param jobs that were done in between
  static String json(int jobs, Instant first, Instant last) {
    return String.format(
        Locale.ROOT, "{\"jobs\":%d,\"first\":\"%s\",\"last\":\"%s\"}", jobs, first, last);
  }
}
