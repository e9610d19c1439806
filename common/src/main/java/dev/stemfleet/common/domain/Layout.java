package dev.stemfleet.common.domain;

/// Where the layers of a frame lie, in pixels of a canvas that is scaled to the output size.
///
/// @param canvasWidth width for which the numbers are written
/// @param canvasHeight height for which the numbers are written
/// @param thumbnail filled by the cover, cropped, never stretched
/// @param watermark box in which the watermark, trimmed to its visible pixels, is fitted; it sits
///   in the box's bottom left corner
/// @param icon filled by the stem's icon
public record Layout(int canvasWidth, int canvasHeight, Box thumbnail, Box watermark, Box icon) {
  /// 1280×720: square thumbnail in the middle, watermark bottom left, icon top right.
  public static final Layout LANDSCAPE =
      new Layout(
          1280,
          720,
          new Box(280, 0, 720, 720),
          new Box(20, 720 - 20 - 80, 200, 80),
          new Box(1180, 20, 80, 80));

  /// 1080×1920: square thumbnail across the middle.
  public static final Layout PORTRAIT =
      new Layout(
          1080,
          1920,
          new Box(0, 420, 1080, 1080),
          new Box(30, 1920 - 30 - 120, 300, 120),
          new Box(1080 - 30 - 120, 30, 120, 120));

  public Layout {
    if (canvasWidth <= 0 || canvasHeight <= 0) {
      throw new IllegalArgumentException("canvasWidth and canvasHeight must be positive");
    }
    requireInside("thumbnail", thumbnail, canvasWidth, canvasHeight);
    requireInside("watermark", watermark, canvasWidth, canvasHeight);
    requireInside("icon", icon, canvasWidth, canvasHeight);
  }

  private static void requireInside(String name, Box box, int width, int height) {
    if (box.x() < 0
        || box.y() < 0
        || (long) box.x() + box.width() > width
        || (long) box.y() + box.height() > height) {
      throw new IllegalArgumentException(name + ": " + box + " leaves the canvas");
    }
  }
}
