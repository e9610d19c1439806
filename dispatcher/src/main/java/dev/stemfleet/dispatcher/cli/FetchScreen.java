package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.dispatcher.fetch.Watcher;
import dev.stemfleet.dispatcher.show.ByteText;
import dev.stemfleet.dispatcher.show.FetchText;
import dev.stemfleet.dispatcher.show.Ink;
import dev.stemfleet.dispatcher.show.TimeText;
import java.time.Duration;

/// Shows how one file comes: a bar on a terminal, a line for every tenth elsewhere.
final class FetchScreen implements Watcher {
  private final Screen screen;
  private final Ink ink;
  private final String name;
  private final long startNanos = System.nanoTime();
  private long before = -1;
  private long shownStep;

  FetchScreen(Surroundings here, String name) {
    this.screen = here.screen();
    this.ink = Ink.of(here.environment());
    this.name = name;
  }

  @Override
  public void at(long bytes, long total) {
    if (before < 0) {
      before = bytes;
    }
    Duration spent = Duration.ofNanos(System.nanoTime() - startNanos);
    FetchText text = new FetchText(name, Math.min(before, bytes), bytes, total, spent);
    if (screen.errIsTerminal()) {
      screen.progress(text.bar(ink));
    } else if (text.step() > shownStep) {
      shownStep = text.step();
      screen.note(text.line());
    }
  }

  @Override
  public void trying(String why, long bytes, Duration pause) {
    screen.note(
        "%s: %s; going on at %s in %s"
            .formatted(name, why, ByteText.of(bytes), TimeText.of(pause)));
  }
}
