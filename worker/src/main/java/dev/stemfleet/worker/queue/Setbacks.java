package dev.stemfleet.worker.queue;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// What goes wrong with the queue, and when the group may be joined anew after it. For the Kafka
/// thread; any thread may ask for {@link #trouble}.
final class Setbacks {
  private static final Logger log = LoggerFactory.getLogger(Setbacks.class);
  private static final long REOPEN_AFTER_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int LONGEST_PAUSE = 2;

  private volatile @Nullable Trouble trouble;
  private int pause = 1;
  private long reopenAtNanos = System.nanoTime();

  /// What goes wrong at the moment.
  ///
  /// @param lasting whether waiting alone will not help
  record Trouble(String message, boolean lasting, long atNanos) {}

  Optional<Trouble> trouble() {
    return Optional.ofNullable(trouble);
  }

  /// How long to wait until the group may be joined; 0 or less is now.
  long restNanos() {
    return reopenAtNanos - System.nanoTime();
  }

  /// The queue works.
  void over() {
    trouble = null;
    pause = 1;
  }

  /// Nothing was heard from any broker.
  void silence() {
    trouble = new Trouble("No broker has answered for a while.", false, System.nanoTime());
  }

  /// The queue cannot be used; each time in a row the pause is longer.
  void met(RuntimeException e) {
    if (e instanceof KafkaException) {
      // Once; the next tries are expected to fail alike.
      Level level = trouble == null ? Level.WARN : Level.DEBUG;
      log.atLevel(level).log("The queue cannot be used now and is joined anew: {}", e.getMessage());
    } else {
      log.error("The Kafka thread met a defect and joins the group anew.", e);
    }
    trouble =
        new Trouble(
            String.valueOf(e.getMessage()), !(e instanceof RetriableException), System.nanoTime());
    reopenAtNanos = System.nanoTime() + REOPEN_AFTER_NANOS * pause;
    pause = Math.min(LONGEST_PAUSE, pause * 2);
  }
}
