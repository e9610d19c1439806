package dev.stemfleet.common.web;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// When a download has to be over. A server that sends a byte now and then keeps nobody for ever,
/// whether in its handshake, its head or its body. Immutable.
final class Deadline {
  private final long nanos;

  private Deadline(long nanos) {
    this.nanos = nanos;
  }

  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  boolean isOver() {
    return left() <= 0;
  }

  /// Ends something when the time is over, unless the watch was closed before.
  Watch watch(Runnable end) {
    CountDownLatch closed = new CountDownLatch(1);
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                if (!closed.await(left(), TimeUnit.NANOSECONDS)) {
                  end.run();
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    return closed::countDown;
  }

  private long left() {
    return nanos - System.nanoTime();
  }

  /// Looks at the time until it is closed.
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }
}
