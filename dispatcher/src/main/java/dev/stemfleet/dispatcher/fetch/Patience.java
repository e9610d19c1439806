package dev.stemfleet.dispatcher.fetch;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// How long a server is waited for and how often it is asked again.
///
/// @param connect until a connection stands
/// @param answer until the answer begins
/// @param silence longest pause between two pieces of a file
/// @param tries in a row that bring nothing new before it is given up
/// @param timer takes the time between two tries
public record Patience(Duration connect, Duration answer, Duration silence, int tries, Wait timer) {
  /// What suits people and servers on the internet.
  public static final Patience USUAL =
      new Patience(
          Duration.ofSeconds(20),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          6,
          pause -> TimeUnit.MILLISECONDS.sleep(pause.toMillis()));

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  /// Lets time pass.
  public interface Wait {
    void of(Duration pause) throws InterruptedException;
  }

  /// Before the next try: 1 s, doubled each time, or what the server asks for; a minute at most.
  ///
  /// @param failed tries in a row, from 1
  Duration pause(int failed, Duration asked) {
    Duration own = FIRST_PAUSE.multipliedBy(1L << Math.min(failed - 1, 6));
    Duration longer = asked.compareTo(own) > 0 ? asked : own;
    return longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
  }
}
