package dev.stemfleet.worker.clip;

import dev.stemfleet.common.domain.Picture;
import java.awt.Color;

/// Draws the thumbnail of a track that has none: a record on a coloured ground. No fonts, no files;
/// the same seed gives the same picture everywhere.
final class Placeholder {
  private static final double DISC_RADIUS = 0.40;
  private static final double LABEL_RADIUS = 0.135;
  private static final double HOLE_RADIUS = 0.014;
  private static final double GROOVES_PER_UNIT = 64;

  private static final int FIRST_HUE = 160;
  private static final int HUES = 210;

  private final float hue;
  private final int side;

  private Placeholder(float hue, int side) {
    this.hue = hue;
    this.side = side;
  }

  /// @param seed picks the colours, for example the track's id
  static Picture draw(String seed, int width, int height) {
    int side = Math.min(width, height);
    Placeholder placeholder = new Placeholder(hue(seed), side);
    int[] argb = new int[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double right = (x + 0.5 - width / 2.0) / side;
        double down = (y + 0.5 - height / 2.0) / side;
        argb[y * width + x] = placeholder.at(right, down);
      }
    }
    return new Picture(width, height, argb);
  }

  /// From green over blue and violet to red: yellow and olive are left out.
  private static float hue(String seed) {
    return (FIRST_HUE + Math.floorMod(seed.hashCode(), HUES)) / 360f;
  }

  /// The colour at a point measured from the centre in sides of the square.
  private int at(double right, double down) {
    double radius = Math.hypot(right, down);
    int colour = ground(right, down);
    colour = mix(colour, 0xFF000000, 0.45 * shadow(right, down));
    colour = mix(colour, vinyl(right, down, radius), inside(radius, DISC_RADIUS));
    colour = mix(colour, label(down, radius), inside(radius, LABEL_RADIUS));
    return mix(colour, 0xFF101014, inside(radius, HOLE_RADIUS));
  }

  private int ground(double right, double down) {
    double slope = Math.clamp(0.5 + (right + down) / 2, 0, 1);
    return mix(shade(hue, 0.62f, 0.62f), shade(hue + 0.11f, 0.70f, 0.28f), slope);
  }

  private static double shadow(double right, double down) {
    double distance = Math.hypot(right - 0.012, down - 0.02);
    return Math.clamp((DISC_RADIUS + 0.035 - distance) / 0.07, 0, 1);
  }

  private static int vinyl(double right, double down, double radius) {
    double groove = 0.5 + 0.5 * Math.cos(2 * Math.PI * GROOVES_PER_UNIT * radius);
    double angle = Math.atan2(down, right);
    double sheen = Math.pow(Math.abs(Math.cos(angle - Math.PI / 5)), 14);
    int grey = (int) Math.round(20 + 7 * groove + 70 * sheen * (0.55 + 0.45 * groove));
    return 0xFF000000 | grey << 16 | grey << 8 | grey + 2;
  }

  private int label(double down, double radius) {
    int plain = shade(hue + 0.5f, 0.55f, 0.93f);
    int darker = shade(hue + 0.5f, 0.62f, 0.78f);
    int colour = down > 0 ? darker : plain;
    double ring = inside(radius, 0.098) - inside(radius, 0.092);
    return mix(colour, 0xFFFFFFFF, 0.75 * ring);
  }

  /// 1 within the circle, 0 outside, soft over one pixel.
  private double inside(double radius, double limit) {
    return Math.clamp((limit - radius) * side + 0.5, 0, 1);
  }

  private static int shade(float hue, float saturation, float brightness) {
    return Color.HSBtoRGB(hue, saturation, brightness);
  }

  private static int mix(int under, int over, double share) {
    return 0xFF000000
        | part(under, over, share, 16) << 16
        | part(under, over, share, 8) << 8
        | part(under, over, share, 0);
  }

  private static int part(int under, int over, double share, int shift) {
    double from = under >> shift & 0xFF;
    double to = over >> shift & 0xFF;
    return (int) Math.round(from + (to - from) * share);
  }
}
