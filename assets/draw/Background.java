import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/// The background: a dusk of violet and blue with the grooves of a record, which lies behind the
/// thumbnail in the middle. Whatever is cropped from the sides, the middle stays.
final class Background {
  private static final double[] UPPER_LEFT = {58, 30, 104};
  private static final double[] MIDDLE = {40, 34, 112};
  private static final double[] LOWER_RIGHT = {14, 74, 118};
  private static final double[] WARM_GLOW = {96, 22, 72};
  private static final double[] COLD_GLOW = {6, 78, 96};

  private Background() {}

  static BufferedImage draw(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    SplittableRandom dither = new SplittableRandom(1);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        // Positions count in heights from the centre.
        double right = (x + 0.5 - width / 2.0) / height;
        double down = (y + 0.5 - height / 2.0) / height;
        image.setRGB(x, y, pixel(right, down, dither.nextDouble()));
      }
    }
    return image;
  }

  private static int pixel(double right, double down, double dither) {
    double slope = smooth((right * 0.7 + down * 0.8 + 1) / 2);
    double warm = 0.8 * glow(right + 0.62, down + 0.36, 0.55);
    double cold = 0.6 * glow(right - 0.68, down - 0.36, 0.60);
    double light = grooves(Math.hypot(right, down), Math.atan2(down, right));
    int rgb = 0;
    for (int channel = 0; channel < 3; channel++) {
      double ground =
          slope < 0.5
              ? mix(UPPER_LEFT[channel], MIDDLE[channel], slope * 2)
              : mix(MIDDLE[channel], LOWER_RIGHT[channel], slope * 2 - 1);
      double glowing = ground + warm * WARM_GLOW[channel] + cold * COLD_GLOW[channel];
      // Noise of one step hides where one step of the gradient ends.
      int value = (int) Math.floor(glowing * light + dither);
      rgb = rgb << 8 | Math.clamp(value, 0, 255);
    }
    return rgb;
  }

  /// Fine grooves, a few broad ones, and the shine that runs over a record in two fans.
  private static double grooves(double radius, double angle) {
    double fine = 0.03 * Math.cos(2 * Math.PI * radius * 34);
    double broad = 0.05 * Math.cos(2 * Math.PI * radius * 4.5);
    double shine = 0.16 * Math.pow(Math.cos(angle + 0.62), 8);
    double edge = 0.30 * smooth((radius - 0.35) / 0.95);
    return 1 + fine * (1 + 2 * shine) + broad + shine - edge;
  }

  private static double glow(double right, double down, double size) {
    return Math.exp(-(right * right + down * down) / (size * size));
  }

  private static double smooth(double share) {
    double x = Math.clamp(share, 0, 1);
    return x * x * (3 - 2 * x);
  }

  private static double mix(double from, double to, double share) {
    return from + (to - from) * share;
  }
}
