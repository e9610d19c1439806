package dev.stemfleet.common.kafka;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;

/// Waits for an answer of the admin client, which has its own time limit.
final class Await {
  private Await() {}

  /// @throws KafkaException what the broker or the client said
  static <T> T get(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new org.apache.kafka.common.errors.InterruptException(e);
    }
  }

  /// What a caller outside of this room is told.
  static JobException unreachable(String wanted, KafkaException e) {
    return new JobException(
        FailureCode.BROKER_UNREACHABLE, wanted + " failed: " + e.getMessage(), e);
  }
}
