package dev.stemfleet.worker.bench;

import dev.stemfleet.common.domain.Picture;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/// Draws pictures that are as hard to code as a photograph of foliage: clouds of every size down to
/// two pixels, patches with hard edges, grain. The same seed gives the same picture. Pure
/// functions.
final class BusyPicture {
  private static final int LARGEST_CELL = 256;
  private static final int SMALLEST_CELL = 2;
  private static final double STRENGTH = 40;
  private static final double FADING = 0.86;
  private static final double GRAIN = 8;
  private static final int PATCHES = 160;
  private static final int CHANNELS = 3;

  private BusyPicture() {}

  static Picture draw(int width, int height, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] sums = new float[width * height * CHANNELS];
    double strength = STRENGTH;
    for (int cell = LARGEST_CELL; cell >= SMALLEST_CELL; cell /= 2) {
      addClouds(sums, width, height, cell, strength, random);
      strength *= FADING;
    }
    addPatches(sums, width, height, random);
    int[] argb = new int[width * height];
    for (int i = 0; i < argb.length; i++) {
      int pixel = 0xFF;
      double grain = GRAIN * random.nextGaussian();
      for (int channel = 0; channel < CHANNELS; channel++) {
        double value = 120 + sums[CHANNELS * i + channel] + grain;
        pixel = pixel << 8 | Math.clamp(Math.round(value), 0, 255);
      }
      argb[i] = pixel;
    }
    return new Picture(width, height, argb);
  }

  /// Writes a picture as PNG.
  static void write(Picture picture, Path file) throws IOException {
    BufferedImage image =
        new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
    image
        .getRaster()
        .setDataElements(0, 0, picture.width(), picture.height(), picture.argb().clone());
    if (!ImageIO.write(image, "png", file.toFile())) {
      throw new IOException("cannot write " + file);
    }
  }

  private static void addClouds(
      float[] sums, int width, int height, int cell, double strength, SplittableRandom random) {
    int columns = width / cell + 2;
    double[] grid =
        random.doubles((long) CHANNELS * columns * (height / cell + 2), -1, 1).toArray();
    for (int y = 0; y < height; y++) {
      double down = (double) (y % cell) / cell;
      for (int x = 0; x < width; x++) {
        double right = (double) (x % cell) / cell;
        int corner = CHANNELS * (y / cell * columns + x / cell);
        double grey = blend(grid, corner, CHANNELS * columns, right, down);
        for (int channel = 0; channel < CHANNELS; channel++) {
          double own = blend(grid, corner + channel, CHANNELS * columns, right, down);
          sums[CHANNELS * (y * width + x) + channel] +=
              (float) (strength * (0.6 * grey + 0.4 * own));
        }
      }
    }
  }

  private static double blend(double[] grid, int at, int row, double right, double down) {
    double upper = grid[at] * (1 - right) + grid[at + CHANNELS] * right;
    double lower = grid[at + row] * (1 - right) + grid[at + row + CHANNELS] * right;
    return upper * (1 - down) + lower * down;
  }

  private static void addPatches(float[] sums, int width, int height, SplittableRandom random) {
    for (int patch = 0; patch < PATCHES; patch++) {
      int side = 4 + random.nextInt(Math.max(5, height / 12));
      int left = random.nextInt(width);
      int top = random.nextInt(height);
      float shift = (float) random.nextDouble(-60, 60);
      for (int y = top; y < Math.min(height, top + side); y++) {
        int end = Math.min(width, left + side - (y - top) / 2);
        for (int i = CHANNELS * (y * width + left); i < CHANNELS * (y * width + end); i++) {
          sums[i] += shift;
        }
      }
    }
  }
}
