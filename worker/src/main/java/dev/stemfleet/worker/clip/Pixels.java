package dev.stemfleet.worker.clip;

import dev.stemfleet.common.domain.Picture;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import org.jspecify.annotations.Nullable;

/// Turns what a decoder made into the project's pixels: sRGB, premultiplied.
final class Pixels {
  private Pixels() {}

  static Picture of(BufferedImage image, Orientation orientation) {
    int width = image.getWidth();
    int height = image.getHeight();
    Rows rows = rowsOf(image);
    int[] argb = new int[width * height];
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      rows.read(y, row);
      for (int x = 0; x < width; x++) {
        argb[orientation.index(x, y, width, height)] = premultiplied(row[x]);
      }
    }
    return orientation.swapsSides()
        ? new Picture(height, width, argb)
        : new Picture(width, height, argb);
  }

  /// Multiplies red, green and blue with alpha, rounded to the nearest.
  static int premultiplied(int argb) {
    int alpha = argb >>> 24;
    if (alpha == 255) {
      return argb;
    }
    int red = product(argb >> 16 & 0xFF, alpha);
    int green = product(argb >> 8 & 0xFF, alpha);
    int blue = product(argb & 0xFF, alpha);
    return alpha << 24 | red << 16 | green << 8 | blue;
  }

  private static int product(int value, int alpha) {
    return (value * alpha + 127) / 255;
  }

  private static Rows rowsOf(BufferedImage image) {
    ColorModel model = image.getColorModel();
    ColorSpace space = model.getColorSpace();
    if (!(model instanceof IndexColorModel) && space.getType() == ColorSpace.TYPE_GRAY) {
      // The JDK takes grey samples for linear light and would brighten them.
      return grey(image.getRaster(), model);
    }
    BufferedImage source = space.isCS_sRGB() ? image : toSrgb(image);
    return (y, row) -> source.getRGB(0, y, row.length, 1, row, 0, row.length);
  }

  private static BufferedImage toSrgb(BufferedImage image) {
    BufferedImage converted =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_ARGB);
    return new ColorConvertOp(null).filter(image, converted);
  }

  private static Rows grey(Raster raster, ColorModel model) {
    int largest = (1 << model.getComponentSize(0)) - 1;
    boolean alpha = model.hasAlpha();
    return (y, row) -> {
      int width = row.length;
      int[] light = samples(raster, y, width, 0);
      int @Nullable [] opacity = alpha ? samples(raster, y, width, 1) : null;
      for (int x = 0; x < width; x++) {
        int grey = light[x] * 255 / largest;
        int opaque = opacity == null ? 255 : opacity[x] * 255 / largest;
        row[x] = opaque << 24 | grey << 16 | grey << 8 | grey;
      }
    };
  }

  private static int[] samples(Raster raster, int y, int width, int band) {
    return raster.getSamples(
        raster.getMinX(), raster.getMinY() + y, width, 1, band, new int[width]);
  }

  /// Gives one row of the picture, not premultiplied.
  private interface Rows {
    void read(int y, int[] row);
  }
}
