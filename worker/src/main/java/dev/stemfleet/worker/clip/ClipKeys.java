package dev.stemfleet.worker.clip;

import dev.stemfleet.common.domain.Look;

/// What makes two clips the same. Keys hold contents and sizes, never file names.
final class ClipKeys {
  private ClipKeys() {}

  static String clip(String content, int width, int height) {
    return content + "@" + width + "x" + height;
  }

  /// All that reaches a base's pixels: both clips, where the thumbnail lies, the tint.
  static String base(Look look, String thumbnailKey) {
    return String.join(
        "|",
        clip(look.background().sha256(), look.width(), look.height()),
        thumbnailKey,
        String.valueOf(look.layout().thumbnail().scaled(look.scale())),
        String.valueOf(look.tint()));
  }
}
