package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.dispatcher.script.Script;
import dev.stemfleet.dispatcher.show.Plural;
import dev.stemfleet.dispatcher.show.TimeText;
import dev.stemfleet.dispatcher.submit.SubmitProgress;

/// A submit's progress as one line on a terminal.
final class SubmitLine implements SubmitProgress {
  private final Screen screen;
  private final boolean dryRun;

  /// @param dryRun whether all that can be told of scripts is told
  SubmitLine(Screen screen, boolean dryRun) {
    this.screen = screen;
    this.dryRun = dryRun;
  }

  @Override
  public void script(String input, Script script) {
    if (dryRun) {
      screen.note(
          "%s: %s, %s, about %s of speech"
              .formatted(
                  input,
                  Plural.of(script.chunks().size(), "chunk"),
                  Plural.of(script.units(), "take"),
                  TimeText.ofSeconds(script.estimatedSeconds())));
    }
  }

  @Override
  public void looked(int tracks, int ofTracks) {
    show("looking at tracks", tracks, ofTracks);
  }

  @Override
  public void sent(int tracks, int ofTracks) {
    show("sending", tracks, ofTracks);
  }

  private void show(String what, int done, int of) {
    screen.progress("%s: %,d of %,d (%d %%)".formatted(what, done, of, 100L * done / of));
  }
}
