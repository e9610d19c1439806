package dev.stemfleet.dispatcher.demo;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.imageio.ImageIO;

/// The demo song's cover: a sun that rises over waves. Every pixel is computed.
public final class DemoCover {
  private static final int SIDE = 1000;
  private static final int[] SKY_TOP = {38, 24, 74};
  private static final int[] SKY_BOTTOM = {255, 158, 97};
  private static final int[] SUN = {255, 236, 170};
  private static final int[][] WAVES = {{196, 84, 92}, {120, 48, 96}, {58, 26, 78}, {24, 14, 48}};

  private DemoCover() {}

  /// Writes the cover, unless it is there already.
  ///
  /// @return a PNG file, square
  public static Path in(Path folder) throws IOException {
    Path file = folder.resolve("morning-tape.png");
    if (!Files.exists(file)) {
      Files.createDirectories(folder);
      Path part = Files.createTempFile(folder, "morning-tape", ".part");
      if (!ImageIO.write(drawn(), "png", part.toFile())) {
        throw new IOException("this Java cannot write PNG");
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return file;
  }

  private static BufferedImage drawn() {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        image.setRGB(x, y, pixel(x, y));
      }
    }
    return image;
  }

  private static int pixel(double x, double y) {
    double[] colour = mixed(SKY_TOP, SKY_BOTTOM, Math.min(1, y / (0.75 * SIDE)));
    double fromSun = Math.hypot(x - 500, y - 520);
    over(colour, SUN, 0.55 * Math.exp(-fromSun / 190));
    over(colour, SUN, cover(210 - fromSun));
    for (int i = 0; i < WAVES.length; i++) {
      double swing = 26 - 3 * i;
      double shore = 590 + 105 * i + swing * Math.sin(x / (150 - 18 * i) + 1.7 * i);
      over(colour, WAVES[i], cover(y - shore));
    }
    return rgb(colour);
  }

  /// How much of a pixel lies inside an edge that is so many pixels away.
  private static double cover(double inside) {
    return Math.clamp(inside + 0.5, 0, 1);
  }

  private static double[] mixed(int[] from, int[] to, double part) {
    double[] colour = new double[3];
    for (int i = 0; i < 3; i++) {
      colour[i] = from[i] + (to[i] - from[i]) * part;
    }
    return colour;
  }

  private static void over(double[] colour, int[] paint, double strength) {
    for (int i = 0; i < 3; i++) {
      colour[i] += (paint[i] - colour[i]) * strength;
    }
  }

  private static int rgb(double[] colour) {
    int red = (int) Math.round(colour[0]);
    int green = (int) Math.round(colour[1]);
    int blue = (int) Math.round(colour[2]);
    return red << 16 | green << 8 | blue;
  }
}
