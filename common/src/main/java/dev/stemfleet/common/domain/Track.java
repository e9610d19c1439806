package dev.stemfleet.common.domain;

import dev.stemfleet.common.domain.speech.Speech;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One piece of music, or one script to be spoken: where its file lies and what is known of it.
///
/// @param id 1…64 letters, digits, `.`, `_`, `-`; see [Identity#trackId]
/// @param source where the sound, or the script's text, is read from
/// @param sha256 of that file's bytes: a worker refuses other bytes
/// @param bytes size of that file
/// @param seconds length as the submitter saw it, or null if it was not looked at
/// @param title never blank
/// @param artist blank when unknown
/// @param bpm above 0, at most 400; null when unknown
/// @param key musical key as people write it (`Am`, `F#`), null when unknown
/// @param genre null when unknown
/// @param thumbnail the cover, null for a drawn placeholder
/// @param trim of a sound; a script is spoken whole
/// @param speech how a script is spoken; null for music
public record Track(
    String id,
    Source source,
    String sha256,
    long bytes,
    @Nullable Double seconds,
    String title,
    String artist,
    @Nullable Double bpm,
    @Nullable String key,
    @Nullable String genre,
    @Nullable AssetRef thumbnail,
    Trim trim,
    @Nullable Speech speech) {
  /// Of title, artist, key and genre each.
  public static final int MOST_CHARACTERS = 1000;

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  public Track {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "id: '" + id + "' must be 1 to 64 letters, digits, '.', '_' or '-'");
    }
    if (!Sha256.isDigest(sha256)) {
      throw new IllegalArgumentException("sha256: must be 64 lower-case hex digits");
    }
    requireShort("title", title);
    requireShort("artist", artist);
    requireShort("key", key);
    requireShort("genre", genre);
    if (bytes < 0) {
      throw new IllegalArgumentException("bytes: must not be below 0");
    }
    if (seconds != null && !(seconds >= 0 && seconds < 1e7)) {
      throw new IllegalArgumentException("seconds: " + seconds + " is no length of a track");
    }
    if (title.isBlank()) {
      throw new IllegalArgumentException("title: must not be empty");
    }
    if (bpm != null && !(bpm > 0 && bpm <= 400)) {
      throw new IllegalArgumentException("bpm: " + bpm + " is not between 0 and 400");
    }
    if (speech != null && !trim.equals(Trim.NONE)) {
      throw new IllegalArgumentException("trim: a script is spoken whole");
    }
  }

  /// Music.
  public Track(
      String id,
      Source source,
      String sha256,
      long bytes,
      @Nullable Double seconds,
      String title,
      String artist,
      @Nullable Double bpm,
      @Nullable String key,
      @Nullable String genre,
      @Nullable AssetRef thumbnail,
      Trim trim) {
    this(id, source, sha256, bytes, seconds, title, artist, bpm, key, genre, thumbnail, trim, null);
  }

  /// Whether it can have this stem: a script has its narration and nothing else, music all but
  /// that.
  public boolean makes(Stem stem) {
    return (speech != null) == (stem == Stem.NARRATION);
  }

  private static void requireShort(String field, @Nullable String text) {
    if (text != null && text.length() > MOST_CHARACTERS) {
      throw new IllegalArgumentException(
          field + ": must have at most " + MOST_CHARACTERS + " characters");
    }
  }
}
