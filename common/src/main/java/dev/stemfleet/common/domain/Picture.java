package dev.stemfleet.common.domain;

/// A decoded picture in memory: sRGB, premultiplied alpha, one `0xAARRGGBB` int per pixel, rows
/// from the top without padding.
///
/// The array is handed over: whoever made it must not change it any more, and whoever reads it must
/// not either. Under that rule a picture may be shared by any number of threads.
public final class Picture {
  private final int width;
  private final int height;
  private final int[] argb;

  /// @throws IllegalArgumentException if a side is not positive or the array has another length
  public Picture(int width, int height, int[] argb) {
    if (width <= 0 || height <= 0 || argb.length != Math.multiplyExact(width, height)) {
      throw new IllegalArgumentException(
          "a picture of " + width + "x" + height + " cannot have " + argb.length + " pixels");
    }
    this.width = width;
    this.height = height;
    this.argb = argb;
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /// The pixels themselves, not a copy: read only.
  public int[] argb() {
    return argb;
  }

  public int at(int x, int y) {
    return argb[y * width + x];
  }

  public long bytes() {
    return 4L * argb.length;
  }
}
