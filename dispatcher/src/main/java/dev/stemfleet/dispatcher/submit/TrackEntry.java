package dev.stemfleet.dispatcher.submit;

import java.net.URI;
import java.nio.file.Path;

/// One track that was asked for, not yet looked at.
///
/// @param input what people called it, for messages: a file, a line of a playlist
/// @param fields what was said about it; stronger than what its file says
/// @param fallback what is taken where neither says anything
public record TrackEntry(String input, Place place, TrackFields fields, TrackFields fallback) {
  /// Where a track's sound lies, as seen from here.
  public sealed interface Place {}

  /// @param path absolute; need not exist
  public record LocalFile(Path path) implements Place {}

  /// @param uri http or https
  public record OnWeb(URI uri) implements Place {}

  /// The same track with other fields over its own.
  public TrackEntry with(TrackFields stronger) {
    return new TrackEntry(input, place, stronger.over(fields), fallback);
  }
}
