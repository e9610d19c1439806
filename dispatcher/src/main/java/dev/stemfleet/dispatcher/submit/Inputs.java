package dev.stemfleet.dispatcher.submit;

import dev.stemfleet.dispatcher.script.SpeechFlags;
import java.util.List;
import java.util.function.UnaryOperator;

/// All that was asked for as one batch: tracks, and what job files say about the whole.
///
/// @param speech what the command line says of scripts
public record Inputs(List<TrackEntry> tracks, JobFields fields, SpeechFlags speech) {
  public Inputs {
    tracks = List.copyOf(tracks);
  }

  public Inputs(List<TrackEntry> tracks, JobFields fields) {
    this(tracks, fields, SpeechFlags.NONE);
  }

  /// The same with every track changed.
  public Inputs map(UnaryOperator<TrackEntry> change) {
    return new Inputs(tracks.stream().map(change).toList(), fields, speech);
  }

  /// The same with what the command line says of scripts.
  public Inputs with(SpeechFlags flags) {
    return new Inputs(tracks, fields, flags);
  }

  /// Whether there is any script.
  boolean hasScripts() {
    return tracks.stream().anyMatch(track -> track.speech() != null);
  }

  /// Whether there is anything else.
  boolean hasMusic() {
    return tracks.stream().anyMatch(track -> track.speech() == null);
  }
}
