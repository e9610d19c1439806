package dev.stemfleet.dispatcher.submit;

import java.util.List;
import java.util.function.UnaryOperator;

/// All that was asked for: tracks, and what job files say about the whole.
public record Inputs(List<TrackEntry> tracks, JobFields fields) {
  public Inputs {
    tracks = List.copyOf(tracks);
  }

  /// The same with every track changed.
  public Inputs map(UnaryOperator<TrackEntry> change) {
    return new Inputs(tracks.stream().map(change).toList(), fields);
  }
}
