package dev.stemfleet.dispatcher.show;

import dev.stemfleet.dispatcher.watch.Fleet;
import java.time.Duration;

/// Shows people how far batches are. Used by one thread at a time.
public sealed interface ProgressView extends AutoCloseable permits TerminalProgress, PlainProgress {
  /// Shows the newest state. To be called every [#interval()], and whenever one likes: nothing is
  /// told twice.
  void show(Fleet fleet);

  /// One line that stays.
  void note(String line);

  /// How often to look.
  Duration interval();

  /// Leaves what stays on the screen and gives the cursor back. Safe to call twice.
  @Override
  void close();
}
