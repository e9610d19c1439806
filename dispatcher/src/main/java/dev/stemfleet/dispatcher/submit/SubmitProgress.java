package dev.stemfleet.dispatcher.submit;

/// Told how far a submit is, by the thread that submits.
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

  /// So many tracks were sent.
  void sent(int tracks, int ofTracks);
}
