package dev.stemfleet.worker.clip;

import dev.stemfleet.common.domain.Picture;
import java.util.Arrays;

/// Scales a part of a picture with a Catmull-Rom filter that widens with the reduction, so that
/// every source pixel counts (R. G. Keys, "Cubic convolution interpolation", 1981, a = -1/2).
///
/// It works on premultiplied values: transparent pixels lend their colour to no edge. Used for one
/// picture by one thread.
final class Resampling {
  private static final int CHANNELS = 4;

  private final Picture source;
  private final Taps columns;
  private final Taps rows;

  /// Horizontally scaled source rows, each kept until no output row needs it any more.
  private final float[][] window;

  private int nextRow;

  private Resampling(Picture source, Taps columns, Taps rows) {
    this.source = source;
    this.columns = columns;
    this.rows = rows;
    this.window = new float[rows.longest()][columns.outputs() * CHANNELS];
  }

  /// @param left of the part, in source pixels, as `top`, `partWidth` and `partHeight`
  static Picture of(
      Picture source,
      double left,
      double top,
      double partWidth,
      double partHeight,
      int width,
      int height) {
    Taps columns = Taps.of(left, partWidth, source.width(), width);
    Taps rows = Taps.of(top, partHeight, source.height(), height);
    return new Picture(width, height, new Resampling(source, columns, rows).run());
  }

  private int[] run() {
    int width = columns.outputs();
    int[] argb = new int[width * rows.outputs()];
    float[] sums = new float[width * CHANNELS];
    nextRow = rows.first(0);
    for (int y = 0; y < rows.outputs(); y++) {
      Arrays.fill(sums, 0);
      for (int tap = 0; tap < rows.count(y); tap++) {
        float weight = rows.weight(y, tap);
        float[] row = scaledRow(rows.first(y) + tap);
        for (int i = 0; i < sums.length; i++) {
          sums[i] += weight * row[i];
        }
      }
      pack(sums, argb, y * width);
    }
    return argb;
  }

  private float[] scaledRow(int row) {
    while (nextRow <= row) {
      scaleRow(nextRow, window[nextRow % window.length]);
      nextRow++;
    }
    return window[row % window.length];
  }

  private void scaleRow(int y, float[] into) {
    int[] argb = source.argb();
    int start = y * source.width();
    for (int x = 0; x < columns.outputs(); x++) {
      float alpha = 0;
      float red = 0;
      float green = 0;
      float blue = 0;
      int from = start + columns.first(x);
      for (int tap = 0; tap < columns.count(x); tap++) {
        int pixel = argb[from + tap];
        float weight = columns.weight(x, tap);
        alpha += weight * (pixel >>> 24);
        red += weight * (pixel >> 16 & 0xFF);
        green += weight * (pixel >> 8 & 0xFF);
        blue += weight * (pixel & 0xFF);
      }
      int at = x * CHANNELS;
      into[at] = alpha;
      into[at + 1] = red;
      into[at + 2] = green;
      into[at + 3] = blue;
    }
  }

  private static void pack(float[] sums, int[] argb, int at) {
    for (int i = 0; i < sums.length; i += CHANNELS) {
      // The filter overshoots at edges: no channel may exceed its alpha.
      int alpha = Math.clamp(Math.round(sums[i]), 0, 255);
      int red = Math.clamp(Math.round(sums[i + 1]), 0, alpha);
      int green = Math.clamp(Math.round(sums[i + 2]), 0, alpha);
      int blue = Math.clamp(Math.round(sums[i + 3]), 0, alpha);
      argb[at + i / CHANNELS] = alpha << 24 | red << 16 | green << 8 | blue;
    }
  }
}
