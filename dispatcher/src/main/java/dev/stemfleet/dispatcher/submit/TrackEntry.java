package dev.stemfleet.dispatcher.submit;

import dev.stemfleet.common.domain.Source;
import dev.stemfleet.dispatcher.script.SpeechFile;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One track that was asked for, not yet looked at.
///
/// @param input what people called it, for messages: a file, a line of a playlist
/// @param fields what was said about it; stronger than what its file says
/// @param fallback what is taken where neither says anything
/// @param speech what is said of how it is spoken, the weakest first; null for music
public record TrackEntry(
    String input,
    Place place,
    TrackFields fields,
    TrackFields fallback,
    @Nullable List<SpeechFile> speech) {
  /// Music, or a script of which nothing is said, as its name tells.
  public TrackEntry(String input, Place place, TrackFields fields, TrackFields fallback) {
    this(input, place, fields, fallback, InputNames.isScript(place) ? List.of() : null);
  }

  /// Where a track's sound lies, as seen from here.
  public sealed interface Place {}

  /// @param path absolute; need not exist
  public record LocalFile(Path path) implements Place {}

  /// A place that has to be fetched from.
  public sealed interface Elsewhere extends Place {
    /// As jobs name it.
    Source source();
  }

  /// @param uri http or https
  public record OnWeb(URI uri) implements Elsewhere {
    @Override
    public Source source() {
      return new Source.OnWeb(uri);
    }
  }

  /// @param source in the object store
  public record InBucket(Source.InBucket source) implements Elsewhere {}

  /// The same as a script.
  ///
  /// @param layers what is said of how it is spoken, the weakest first
  TrackEntry spoken(List<SpeechFile> layers) {
    return new TrackEntry(input, place, fields, fallback, layers);
  }

  /// The same track with other fields over its own.
  public TrackEntry with(TrackFields stronger) {
    return new TrackEntry(input, place, stronger.over(fields), fallback, speech);
  }
}
