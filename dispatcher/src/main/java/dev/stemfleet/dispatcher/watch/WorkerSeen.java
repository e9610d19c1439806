package dev.stemfleet.dispatcher.watch;

import dev.stemfleet.common.message.Event;
import java.time.Duration;
import java.time.Instant;

/// A worker as its last heartbeat shows it. Immutable.
public record WorkerSeen(Event.Heartbeat last) {
  /// Silence after which a worker counts as lost: its job's lock has run out by then.
  public static final Duration LOST_AFTER = Duration.ofSeconds(60);

  public String id() {
    return last.worker();
  }

  public Duration silence(Instant now) {
    Duration silence = Duration.between(last.at(), now);
    return silence.isNegative() ? Duration.ZERO : silence;
  }

  public boolean left() {
    return last.state() == Event.WorkerState.STOPPED;
  }

  public boolean lost(Instant now) {
    return !left() && silence(now).compareTo(LOST_AFTER) > 0;
  }

  public boolean alive(Instant now) {
    return !left() && !lost(now);
  }
}
