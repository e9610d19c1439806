package dev.stemfleet.common.domain;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a channel's frames look.
///
/// @param width of the video in pixels, even
/// @param height of the video in pixels, even
/// @param framesPerSecond 1…120
/// @param tint over the background, or null for none
/// @param icons one per stem that the channel makes
public record Look(
    int width,
    int height,
    int framesPerSecond,
    Layout layout,
    @Nullable Tint tint,
    AssetRef background,
    AssetRef watermark,
    Map<Stem, AssetRef> icons) {
  public Look {
    if (width < 16 || height < 16 || width > 8192 || height > 8192) {
      throw new IllegalArgumentException("width and height: must be 16 to 8192");
    }
    if (width % 2 != 0 || height % 2 != 0) {
      throw new IllegalArgumentException("width and height: must be even (4:2:0 video)");
    }
    if (framesPerSecond < 1 || framesPerSecond > 120) {
      throw new IllegalArgumentException("framesPerSecond: must be 1 to 120");
    }
    if ((long) width * layout.canvasHeight() != (long) height * layout.canvasWidth()) {
      throw new IllegalArgumentException(
          "width, height: the video and its layout must have the same shape");
    }
    icons = Map.copyOf(icons);
  }

  /// Pixels of the video per pixel of the layout's canvas.
  public double scale() {
    return (double) width / layout.canvasWidth();
  }
}
