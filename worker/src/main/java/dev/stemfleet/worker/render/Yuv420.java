package dev.stemfleet.worker.render;

import dev.stemfleet.common.domain.Picture;

/// A picture as video codecs take it: Y'CbCr 4:2:0, 8 bits, BT.709 matrix, limited range (Y'
/// 16…235, Cb and Cr 16…240), chroma samples on the left of their pairs as H.264 has it by default.
/// Immutable; any thread.
///
/// Source: ITU-R BT.709-6, §3; ITU-T H.264, annex E.
///
/// @param luma `width`×`height` bytes
/// @param blue a quarter as many
/// @param red a quarter as many
@SuppressWarnings("ArrayRecordComponent") // handed over, never changed, never compared
record Yuv420(int width, int height, byte[] luma, byte[] blue, byte[] red) {
  private static final double KR = 0.2126;
  private static final double KB = 0.0722;
  private static final double KG = 1 - KR - KB;

  private static final double LUMA_SCALE = 219.0 / 255;
  private static final double BLUE_SCALE = 224.0 / 255 / (2 * (1 - KB));
  private static final double RED_SCALE = 224.0 / 255 / (2 * (1 - KR));

  /// @param picture opaque, with even sides
  static Yuv420 of(Picture picture) {
    int width = picture.width();
    int height = picture.height();
    if (width % 2 != 0 || height % 2 != 0) {
      throw new IllegalArgumentException("picture: both sides must be even");
    }
    byte[] luma = new byte[width * height];
    byte[] blue = new byte[luma.length / 4];
    byte[] red = new byte[luma.length / 4];
    // Chroma before it is thinned out: two rows of B'-Y' and R'-Y'.
    float[][] blueRows = new float[2][width];
    float[][] redRows = new float[2][width];
    for (int y = 0; y < height; y += 2) {
      convertRow(picture, y, luma, blueRows[0], redRows[0]);
      convertRow(picture, y + 1, luma, blueRows[1], redRows[1]);
      thinOut(blueRows, blue, y / 2 * (width / 2), BLUE_SCALE);
      thinOut(redRows, red, y / 2 * (width / 2), RED_SCALE);
    }
    return new Yuv420(width, height, luma, blue, red);
  }

  private static void convertRow(
      Picture picture, int y, byte[] luma, float[] blueRow, float[] redRow) {
    int[] argb = picture.argb();
    int start = y * picture.width();
    for (int x = 0; x < blueRow.length; x++) {
      int pixel = argb[start + x];
      int red = pixel >> 16 & 0xFF;
      int green = pixel >> 8 & 0xFF;
      int blue = pixel & 0xFF;
      double light = KR * red + KG * green + KB * blue;
      luma[start + x] = (byte) (int) (16.5 + LUMA_SCALE * light);
      blueRow[x] = (float) (blue - light);
      redRow[x] = (float) (red - light);
    }
  }

  /// Halves both axes: 1-2-1 around the left pixel of each pair, the mean of two rows.
  private static void thinOut(float[][] rows, byte[] into, int at, double scale) {
    int width = rows[0].length;
    for (int x = 0; x < width; x += 2) {
      int left = Math.max(0, x - 1);
      double sum = 0;
      for (float[] row : rows) {
        sum += row[left] + 2 * row[x] + row[x + 1];
      }
      into[at + x / 2] = (byte) (int) (128.5 + scale * sum / 8);
    }
  }
}
