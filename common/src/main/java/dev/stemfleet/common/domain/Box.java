package dev.stemfleet.common.domain;

/// A rectangle in pixels, measured from the top left corner.
public record Box(int x, int y, int width, int height) {
  public Box {
    if (width <= 0 || height <= 0) {
      throw new IllegalArgumentException("width and height must be positive");
    }
  }

  /// This rectangle on a canvas `factor` times as large, edges rounded to whole pixels.
  public Box scaled(double factor) {
    int left = (int) Math.round(x * factor);
    int top = (int) Math.round(y * factor);
    int right = (int) Math.round((x + width) * factor);
    int bottom = (int) Math.round((y + height) * factor);
    return new Box(left, top, Math.max(1, right - left), Math.max(1, bottom - top));
  }
}
