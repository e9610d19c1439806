package dev.stemfleet.dispatcher.submit;

import dev.stemfleet.common.domain.Track;
import dev.stemfleet.common.domain.Trim;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What somebody says about a track, null where nothing is said.
///
/// @param bpm above 0, at most 400
/// @param thumbnail picture file
/// @param sha256 that the sound file must have
/// @param stated what the sound file is, so that it need not be looked at
public record TrackFields(
    @Nullable String id,
    @Nullable String title,
    @Nullable String artist,
    @Nullable Double bpm,
    @Nullable String key,
    @Nullable String genre,
    @Nullable Path thumbnail,
    @Nullable Trim trim,
    @Nullable String sha256,
    @Nullable Stated stated) {
  public static final TrackFields NONE =
      new TrackFields(null, null, null, null, null, null, null, null, null, null);

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  /// Longer texts do not fit into messages, and are no names any more.
  static final int MAX_CHARACTERS = Track.MOST_CHARACTERS;

  /// @throws IllegalArgumentException naming the field
  public TrackFields {
    if (id != null && !ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "id: '" + id + "' must be 1 to 64 letters, digits, '.', '_' or '-'");
    }
    if (bpm != null && !(bpm > 0 && bpm <= 400)) {
      throw new IllegalArgumentException("bpm: must be above 0 and at most 400, not " + bpm);
    }
    if (sha256 != null && !SHA256.matcher(sha256).matches()) {
      throw new IllegalArgumentException("sha256: must be 64 lower-case hex digits");
    }
    requireShort("title", title);
    requireShort("artist", artist);
    requireShort("key", key);
    requireShort("genre", genre);
  }

  /// Nothing is said about the sound file's size and length.
  public TrackFields(
      @Nullable String id,
      @Nullable String title,
      @Nullable String artist,
      @Nullable Double bpm,
      @Nullable String key,
      @Nullable String genre,
      @Nullable Path thumbnail,
      @Nullable Trim trim,
      @Nullable String sha256) {
    this(id, title, artist, bpm, key, genre, thumbnail, trim, sha256, null);
  }

  /// The size and length of a sound file, as somebody says who knows them.
  ///
  /// @param bytes at least 1
  /// @param seconds above 0, null when unknown
  public record Stated(long bytes, @Nullable Double seconds) {
    public Stated {
      if (bytes < 1) {
        throw new IllegalArgumentException("bytes: must be at least 1, not " + bytes);
      }
      if (seconds != null && !(seconds > 0 && seconds < 1e7)) {
        throw new IllegalArgumentException("seconds: must be above 0, not " + seconds);
      }
    }
  }

  /// A title, and the artist where one is known.
  static TrackFields titled(@Nullable String artist, String title) {
    return new TrackFields(null, title, artist, null, null, null, null, null, null, null);
  }

  /// These fields, and `weaker` where nothing is said here.
  public TrackFields over(TrackFields weaker) {
    return new TrackFields(
        first(id, weaker.id),
        first(title, weaker.title),
        first(artist, weaker.artist),
        first(bpm, weaker.bpm),
        first(key, weaker.key),
        first(genre, weaker.genre),
        first(thumbnail, weaker.thumbnail),
        first(trim, weaker.trim),
        first(sha256, weaker.sha256),
        first(stated, weaker.stated));
  }

  private static <T> @Nullable T first(@Nullable T one, @Nullable T other) {
    return one == null ? other : one;
  }

  private static void requireShort(String name, @Nullable String text) {
    if (text != null && text.length() > MAX_CHARACTERS) {
      throw new IllegalArgumentException(
          name + ": has " + text.length() + " characters, at most " + MAX_CHARACTERS + " go");
    }
  }
}
