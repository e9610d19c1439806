package dev.stemfleet.dispatcher.fetch;

import java.time.Duration;

/// Sees how a file comes. Called on the thread that fetches.
public interface Watcher {
  /// @param bytes that are there
  /// @param total of the whole file, -1 if nobody knows
  void at(long bytes, long total);

  /// @param why the last try ended
  /// @param bytes that are there and need not come again
  void trying(String why, long bytes, Duration pause);
}
