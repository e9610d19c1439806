package dev.stemfleet.worker;

import dev.stemfleet.common.message.Event.WorkerState;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Whether the worker lives, and whether it can take jobs. Thread-safe.
///
/// How long a job takes says nothing about either: a stuck stage ends the process by itself.
final class Health {
  /// The loop comes round every second while there is no job.
  private static final Duration STILL = Duration.ofSeconds(60);

  private final WorkerStatus status;
  private volatile @Nullable Joined joined;

  /// @param resident whether any model is there
  /// @param trouble why the queue cannot be read
  private record Joined(BooleanSupplier resident, Supplier<Optional<String>> trouble) {}

  Health(WorkerStatus status) {
    this.status = status;
  }

  /// The model is loaded and the queue is open.
  void joined(BooleanSupplier resident, Supplier<Optional<String>> trouble) {
    joined = new Joined(resident, trouble);
  }

  /// Why the process should be started anew; empty as long as it should not.
  Optional<String> dead() {
    Duration still = status.still();
    return status.now().state() == WorkerState.IDLE && still.compareTo(STILL) > 0
        ? Optional.of("the job loop has not come round for " + still.toSeconds() + " s")
        : Optional.empty();
  }

  /// Why no jobs are taken; empty if they are.
  Optional<String> unready() {
    Joined now = joined;
    if (now == null) {
      return Optional.of("starting: the model is not loaded yet");
    }
    return switch (status.now().state()) {
      case STARTING -> Optional.of("starting: the queue is not joined yet");
      case DRAINING -> Optional.of("leaving: no more jobs are taken");
      case STOPPED -> Optional.of("stopped");
      case UNFIT -> Optional.of("the device failed several jobs in a row: no more are taken");
      case IDLE, WORKING ->
          now.resident().getAsBoolean()
              ? now.trouble().get().map(why -> "the queue cannot be read: " + why)
              : Optional.of("no model is resident");
    };
  }
}
