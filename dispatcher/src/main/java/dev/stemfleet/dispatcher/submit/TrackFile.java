package dev.stemfleet.dispatcher.submit;

import dev.stemfleet.common.domain.Trim;
import dev.stemfleet.dispatcher.plan.RequestException;
import dev.stemfleet.dispatcher.script.GenerationFile;
import dev.stemfleet.dispatcher.script.SpeechFile;
import dev.stemfleet.dispatcher.script.SpeechFile.Audio;
import dev.stemfleet.dispatcher.script.SpeechFile.Chunking;
import dev.stemfleet.dispatcher.script.SpeechFile.Validation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A track as job files and JSON lines write it.
///
/// @param source a path relative to the file it stands in, `file://<root>/<path>` or an http(s)
///   address
/// @param thumbnail a path relative to the file it stands in
/// @param bytes size of the sound file; with `sha256` and `title` the file is not looked at
/// @param seconds length, beside `bytes` only
/// @param chunking how a script is cut; this and what follows is of scripts only
record TrackFile(
    String source,
    @Nullable String id,
    @Nullable String title,
    @Nullable String artist,
    @Nullable Double bpm,
    @Nullable String key,
    @Nullable String genre,
    @Nullable String thumbnail,
    @Nullable TrimFile trim,
    @Nullable String sha256,
    @Nullable Long bytes,
    @Nullable Double seconds,
    @Nullable Chunking chunking,
    @Nullable GenerationFile generation,
    @Nullable Validation validation,
    @Nullable Audio audio) {

  /// Both may be left out.
  record TrimFile(@Nullable Double startSeconds, @Nullable Double endSeconds) {
    TrimFile {
      new Trim(startSeconds == null ? 0 : startSeconds, endSeconds);
    }

    Trim toTrim() {
      return new Trim(startSeconds == null ? 0 : startSeconds, endSeconds);
    }
  }

  /// Checked here, while the reader still knows where in the file it is.
  TrackFile {
    new TrackFields(id, title, artist, bpm, key, genre, null, null, sha256, null);
    if (bytes != null) {
      new TrackFields.Stated(bytes, seconds);
      requireNamed("sha256", sha256);
      requireNamed("title", title);
    } else if (seconds != null) {
      requireNamed("bytes", null);
    }
    if (source.isBlank()) {
      throw new IllegalArgumentException("source: must not be empty");
    }
  }

  private static void requireNamed(String field, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          field + ": is needed where bytes or seconds are given: the file is not looked at then");
    }
  }

  /// @param ofJob what is said of all scripts of its file
  /// @throws RequestException if it is music, but something is said of how it is spoken
  TrackEntry toEntry(Places places, SpeechFile ofJob) {
    TrackFields fields =
        new TrackFields(
            id,
            title,
            artist,
            bpm,
            key,
            genre,
            thumbnail == null ? null : places.file(thumbnail),
            trim == null ? null : trim.toTrim(),
            sha256,
            bytes == null ? null : new TrackFields.Stated(bytes, seconds));
    TrackEntry entry = new TrackEntry(source, places.of(source), fields, TrackFields.NONE);
    SpeechFile own =
        new SpeechFile(chunking, generation, validation, audio).withRecordings(places::file);
    if (entry.speech() == null) {
      if (!own.equals(SpeechFile.NONE)) {
        throw new RequestException(
            source + ": is no script (.txt, .md), but it is said how to speak it");
      }
      return entry;
    }
    return entry.spoken(List.of(ofJob, own));
  }
}
