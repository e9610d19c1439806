package dev.stemfleet.dispatcher.submit;

import dev.stemfleet.common.media.Cover;
import org.jspecify.annotations.Nullable;

/// What must be known of a sound file before jobs can be made for it.
///
/// @param seconds null when unknown
/// @param title never blank
/// @param cover that the file holds, null when it has none or was not opened
record SoundFacts(
    String sha256, long bytes, @Nullable Double seconds, String title, @Nullable Cover cover) {

  /// What was said about a file; null if that is not enough and the file must be opened.
  static @Nullable SoundFacts stated(TrackFields fields) {
    TrackFields.Stated stated = fields.stated();
    String sha256 = fields.sha256();
    String title = fields.title();
    return stated == null || sha256 == null || title == null || title.isBlank()
        ? null
        : new SoundFacts(sha256, stated.bytes(), stated.seconds(), title.strip(), null);
  }
}
