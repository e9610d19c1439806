package dev.stemfleet.worker.queue;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// What other threads ask of the Kafka thread, in order. Thread-safe.
final class KafkaThreadCommands {
  private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
  private volatile boolean ended;

  // ---- Any thread -------------------------------------------------------------------------------

  /// Has it done soon, without waiting.
  void add(Runnable command) {
    queue.add(command);
  }

  /// Has it done and waits for what comes out.
  ///
  /// @param ifEnded the answer once the Kafka thread has ended
  <T> T call(Supplier<T> work, T ifEnded) {
    CompletableFuture<T> done = new CompletableFuture<>();
    queue.add(() -> done.complete(work.get()));
    if (ended) {
      // Added after the thread's last look, perhaps; else it is complete already.
      done.complete(ifEnded);
    }
    return done.join();
  }

  // ---- The Kafka thread -------------------------------------------------------------------------

  /// Runs what is there.
  void run() {
    for (Runnable next = queue.poll(); next != null; next = queue.poll()) {
      next.run();
    }
  }

  /// Waits for a command and runs it.
  ///
  /// @return false if none came in time
  boolean runNext(long waitNanos) throws InterruptedException {
    Runnable command = queue.poll(waitNanos, TimeUnit.NANOSECONDS);
    if (command != null) {
      command.run();
    }
    return command != null;
  }

  /// Runs what is left; from now on nothing waits for the Kafka thread.
  void end() {
    ended = true;
    run();
  }
}
