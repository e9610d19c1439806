package dev.stemfleet.dispatcher.submit;

import dev.stemfleet.dispatcher.script.Script;

/// Told how far a submit is, by the thread that submits unless said otherwise.
public interface SubmitProgress {
  SubmitProgress NONE =
      new SubmitProgress() {
        @Override
        public void looked(int tracks, int ofTracks) {}

        @Override
        public void sent(int tracks, int ofTracks) {}
      };

  /// So many tracks were looked at.
  void looked(int tracks, int ofTracks);

  /// How a script will be spoken. From any thread.
  ///
  /// @param input what people called it
  default void script(String input, Script script) {}

  /// So many tracks were sent.
  void sent(int tracks, int ofTracks);
}
