package dev.stemfleet.worker.audio;

import dev.stemfleet.common.media.Cover;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an audio product says about itself. What is null is left out, and so is what the format has
/// no place for.
///
/// @param bpm beats per minute as it should be shown
/// @param key musical key as it should be shown
/// @param cover JPEG or PNG below 16 MB; what cannot be recognised as one is left out, whatever its
///   media type says
public record AudioTags(
    @Nullable String title,
    @Nullable String artist,
    @Nullable String album,
    @Nullable String genre,
    @Nullable String bpm,
    @Nullable String key,
    @Nullable Cover cover) {
  public static final AudioTags NONE = new AudioTags(null, null, null, null, null, null, null);

  /// The tags by FFmpeg's names for a format.
  Map<String, String> named(SoundFormat format) {
    Map<String, String> tags = new LinkedHashMap<>();
    put(tags, "title", title);
    put(tags, "artist", artist);
    put(tags, "album", album);
    put(tags, "genre", genre);
    switch (format) {
      case MP3 -> {
        put(tags, "TBPM", bpm);
        put(tags, "TKEY", key);
      }
      case FLAC -> {
        put(tags, "BPM", bpm);
        put(tags, "INITIALKEY", key);
      }
      case AAC, WAV -> {}
    }
    return tags;
  }

  private static void put(Map<String, String> tags, String name, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      tags.put(name, value);
    }
  }
}
