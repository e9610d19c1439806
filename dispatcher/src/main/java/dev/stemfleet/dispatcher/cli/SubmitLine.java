package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.dispatcher.submit.SubmitProgress;

/// A submit's progress as one line on a terminal.
final class SubmitLine implements SubmitProgress {
  private final Screen screen;

  SubmitLine(Screen screen) {
    this.screen = screen;
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
