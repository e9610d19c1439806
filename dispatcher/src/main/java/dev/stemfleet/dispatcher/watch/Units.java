package dev.stemfleet.dispatcher.watch;

import dev.stemfleet.common.message.Event;
import org.jspecify.annotations.Nullable;

/// Units of work that can be counted, as the takes of a script. Immutable.
public record Units(int done, int wanted) {
  /// What an event tells of them; null if nothing.
  static @Nullable Units of(Event.Progressed event) {
    Integer done = event.unitsDone();
    Integer wanted = event.unitsWanted();
    return done == null || wanted == null ? null : new Units(done, wanted);
  }

  Units plus(Units other) {
    return new Units(done + other.done, wanted + other.wanted);
  }

  /// All of them.
  Units finished() {
    return new Units(wanted, wanted);
  }

  @Override
  public String toString() {
    return done + " of " + wanted;
  }
}
