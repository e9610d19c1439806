package dev.stemfleet.dispatcher.local;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// When a worker that ended by itself is started again. Immutable.
///
/// @param most how often in a row; after that its device is given up
/// @param first wait; each further one is twice as long
/// @param longest wait
/// @param well a worker that ran for so long is as good as new
public record Restarts(int most, Duration first, Duration longest, Duration well) {
  /// Never: the first worker that ends by itself ends the fleet.
  public static final Restarts NONE =
      new Restarts(0, Duration.ZERO, Duration.ZERO, Duration.ofDays(1));

  /// For whoever runs a fleet: five times within minutes, then the device is given up.
  public static final Restarts USUAL =
      new Restarts(5, Duration.ofSeconds(2), Duration.ofMinutes(1), Duration.ofMinutes(10));

  /// How long to wait before a start.
  ///
  /// @param time how many restarts in a row this one makes, from 1
  Duration wait(int time) {
    long doubled = first.toMillis() << Math.min(time - 1, 20);
    long most = Math.min(doubled, longest.toMillis());
    return Duration.ofMillis(Math.round(most * ThreadLocalRandom.current().nextDouble(0.5, 1)));
  }
}
