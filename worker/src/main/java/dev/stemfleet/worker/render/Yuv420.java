package dev.stemfleet.worker.render;

import dev.stemfleet.common.domain.Picture;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// A picture as video codecs take it: Y'CbCr 4:2:0, 8 bits, BT.709 matrix, limited range (Y'
/// 16…235, Cb and Cr 16…240), chroma samples on the left of their pairs as H.264 has it by default.
/// Immutable once it is shared; any thread.
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

  /// Fixed point: numbers are so many times as large.
  private static final int ONE = 1 << 16;

  private static final int RED_SHARE = (int) Math.round(KR * ONE);
  private static final int BLUE_SHARE = (int) Math.round(KB * ONE);
  private static final int GREEN_SHARE = ONE - RED_SHARE - BLUE_SHARE;

  private static final float LUMA_SCALE = (float) (219.0 / 255 / ONE);

  /// Eight values are summed for one of chroma.
  private static final float BLUE_SCALE = (float) (224.0 / 255 / (2 * (1 - KB)) / ONE / 8);

  private static final float RED_SCALE = (float) (224.0 / 255 / (2 * (1 - KR)) / ONE / 8);
  private static final byte GREY = (byte) 128;

  /// @param picture opaque, with even sides
  static Yuv420 of(Picture picture) {
    Yuv420 planes = blank(picture.width(), picture.height());
    planes.show(picture, 0, picture.height());
    return planes;
  }

  /// A flat grey picture of its maker's own, to be changed before anybody else sees it.
  ///
  /// @param width even
  /// @param height even
  static Yuv420 grey(int width, int height) {
    Yuv420 planes = blank(width, height);
    planes.turnGrey(0, height);
    return planes;
  }

  private static Yuv420 blank(int width, int height) {
    if (width % 2 != 0 || height % 2 != 0) {
      throw new IllegalArgumentException("picture: both sides must be even");
    }
    int pixels = width * height;
    return new Yuv420(width, height, new byte[pixels], new byte[pixels / 4], new byte[pixels / 4]);
  }

  /// Takes a part of a picture of this size, from an even row to another. Only before anybody else
  /// sees these planes.
  void show(Picture picture, int from, int to) {
    // Chroma before it is thinned out: B'-Y' and R'-Y', summed over two rows.
    int[] blueSums = new int[width];
    int[] redSums = new int[width];
    for (int y = from; y < to; y += 2) {
      Arrays.fill(blueSums, 0);
      Arrays.fill(redSums, 0);
      convertRow(picture.argb(), y * width, luma, blueSums, redSums);
      convertRow(picture.argb(), (y + 1) * width, luma, blueSums, redSums);
      thinOut(blueSums, blue, y / 2 * (width / 2), BLUE_SCALE);
      thinOut(redSums, red, y / 2 * (width / 2), RED_SCALE);
    }
  }

  private static void convertRow(
      int[] argb, int start, byte[] luma, int[] blueSums, int[] redSums) {
    for (int x = 0; x < blueSums.length; x++) {
      int pixel = argb[start + x];
      int red = pixel >> 16 & 0xFF;
      int green = pixel >> 8 & 0xFF;
      int blue = pixel & 0xFF;
      int light = RED_SHARE * red + GREEN_SHARE * green + BLUE_SHARE * blue;
      luma[start + x] = (byte) (int) (16.5f + LUMA_SCALE * light);
      blueSums[x] += blue * ONE - light;
      redSums[x] += red * ONE - light;
    }
  }

  /// Halves both axes: 1-2-1 around the left pixel of each pair, the mean of two rows.
  private static void thinOut(int[] sums, byte[] into, int at, float scale) {
    int left = sums[0];
    for (int x = 0; x < sums.length; x += 2) {
      int sum = left + 2 * sums[x] + sums[x + 1];
      into[at + x / 2] = (byte) (int) (128.5f + scale * sum);
      left = sums[x + 1];
    }
  }

  /// The digest of a part of the picture, from an even row to another.
  String sha256(int from, int to) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(luma, from * width, (to - from) * width);
      digest.update(blue, from / 2 * (width / 2), (to - from) / 2 * (width / 2));
      digest.update(red, from / 2 * (width / 2), (to - from) / 2 * (width / 2));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform must have SHA-256", e);
    }
  }

  /// Makes a part flat grey, from an even row to another. Only before anybody else sees these
  /// planes.
  void turnGrey(int from, int to) {
    Arrays.fill(luma, from * width, to * width, GREY);
    Arrays.fill(blue, from / 2 * (width / 2), to / 2 * (width / 2), GREY);
    Arrays.fill(red, from / 2 * (width / 2), to / 2 * (width / 2), GREY);
  }
}
