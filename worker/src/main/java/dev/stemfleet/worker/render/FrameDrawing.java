package dev.stemfleet.worker.render;

import dev.stemfleet.common.domain.Box;
import dev.stemfleet.common.domain.Look;
import dev.stemfleet.common.domain.Picture;
import dev.stemfleet.common.domain.Tint;
import org.jspecify.annotations.Nullable;

/// Draws frames from clips that already have their sizes. Pure functions; any thread.
///
/// Layers lie over each other by the 'over' rule on premultiplied pixels (T. Porter, T. Duff,
/// "Compositing digital images", 1984).
public final class FrameDrawing {
  private static final int BLACK = 0xFF000000;

  private FrameDrawing() {}

  /// What all stems of a track and look share. Opaque: where the background is transparent, black
  /// shows.
  ///
  /// @param background of the look's size
  /// @param thumbnail of the size of the look's thumbnail box
  public static Picture base(Look look, Picture background, Picture thumbnail) {
    requireSize("background", background, look.width(), look.height());
    Box box = look.layout().thumbnail().scaled(look.scale());
    requireSize("thumbnail", thumbnail, box.width(), box.height());
    int[] argb = new int[look.width() * look.height()];
    int[] ground = background.argb();
    int tint = tint(look.tint());
    for (int i = 0; i < argb.length; i++) {
      argb[i] = over(tint, over(ground[i], BLACK));
    }
    lay(argb, look.width(), thumbnail, box.x(), box.y());
    return new Picture(look.width(), look.height(), argb);
  }

  /// One stem's frame.
  ///
  /// @param base as [#base] made it; not changed
  /// @param watermark at most as large as its box; laid into the box's bottom left corner
  /// @param icon of the size of the icon box
  public static Picture frame(Look look, Picture base, Picture watermark, Picture icon) {
    requireSize("base", base, look.width(), look.height());
    Box mark = look.layout().watermark().scaled(look.scale());
    if (watermark.width() > mark.width() || watermark.height() > mark.height()) {
      throw new IllegalArgumentException("watermark: larger than its box " + mark);
    }
    Box corner = look.layout().icon().scaled(look.scale());
    requireSize("icon", icon, corner.width(), corner.height());
    int[] argb = base.argb().clone();
    lay(argb, look.width(), watermark, mark.x(), mark.y() + mark.height() - watermark.height());
    lay(argb, look.width(), icon, corner.x(), corner.y());
    return new Picture(look.width(), look.height(), argb);
  }

  private static void lay(int[] canvas, int canvasWidth, Picture layer, int left, int top) {
    int[] pixels = layer.argb();
    for (int y = 0; y < layer.height(); y++) {
      int from = y * layer.width();
      int to = (top + y) * canvasWidth + left;
      for (int x = 0; x < layer.width(); x++) {
        canvas[to + x] = over(pixels[from + x], canvas[to + x]);
      }
    }
  }

  /// `upper` over `lower`, both premultiplied.
  private static int over(int upper, int lower) {
    int alpha = upper >>> 24;
    if (alpha == 255) {
      return upper;
    }
    if (alpha == 0) {
      return lower;
    }
    int rest = 255 - alpha;
    return sum(upper, lower, rest, 24)
        | sum(upper, lower, rest, 16)
        | sum(upper, lower, rest, 8)
        | sum(upper, lower, rest, 0);
  }

  private static int sum(int upper, int lower, int rest, int shift) {
    int covered = ((lower >>> shift & 0xFF) * rest + 127) / 255;
    return Math.min(255, (upper >>> shift & 0xFF) + covered) << shift;
  }

  private static int tint(@Nullable Tint tint) {
    if (tint == null) {
      return 0;
    }
    int alpha = (int) Math.round(255 * tint.strength());
    return alpha << 24
        | ((tint.red() * alpha + 127) / 255) << 16
        | ((tint.green() * alpha + 127) / 255) << 8
        | ((tint.blue() * alpha + 127) / 255);
  }

  private static void requireSize(String name, Picture picture, int width, int height) {
    if (picture.width() != width || picture.height() != height) {
      throw new IllegalArgumentException(
          "%s: must be %dx%d, not %dx%d"
              .formatted(name, width, height, picture.width(), picture.height()));
    }
  }
}
