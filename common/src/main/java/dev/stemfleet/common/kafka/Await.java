package dev.stemfleet.common.kafka;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/// Waits for an answer of the admin client, which has its own time limit.
final class Await {
  private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(25);

  private Await() {}

  /// @throws KafkaException what the broker or the client said
  static <T> T get(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException(e);
    }
  }

  /// Waits until a change can be seen: brokers learn of it a little later than the controller.
  ///
  /// @throws TimeoutException if it does not appear in time
  static void visible(String change, BooleanSupplier seen) {
    long deadline = System.nanoTime() + VISIBLE_WITHIN.toNanos();
    while (!seen.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new TimeoutException(
            change + " was not seen within " + VISIBLE_WITHIN.toSeconds() + " s");
      }
      LockSupport.parkNanos(PAUSE.toNanos());
      if (Thread.interrupted()) {
        Thread.currentThread().interrupt();
        throw new InterruptException("interrupted");
      }
    }
  }

  /// What a caller outside of this room is told.
  static JobException unreachable(String wanted, KafkaException e) {
    return new JobException(
        FailureCode.BROKER_UNREACHABLE, wanted + " failed: " + e.getMessage(), e);
  }
}
