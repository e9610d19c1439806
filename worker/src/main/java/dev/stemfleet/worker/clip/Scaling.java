package dev.stemfleet.worker.clip;

import dev.stemfleet.common.domain.Picture;

/// Fits pictures to their places. Pure functions; any thread. Pictures are never stretched.
final class Scaling {
  /// Fainter pixels do not count as visible: the last breath of a blurred shadow is no edge.
  private static final int FAINTEST_VISIBLE_ALPHA = 8;

  private Scaling() {}

  /// Fills `width`×`height` with the middle of the picture; what stands over is cropped.
  static Picture cover(Picture picture, int width, int height) {
    double ratio = Math.min((double) picture.width() / width, (double) picture.height() / height);
    double cropWidth = width * ratio;
    double cropHeight = height * ratio;
    double left = (picture.width() - cropWidth) / 2;
    double top = (picture.height() - cropHeight) / 2;
    return Resampling.of(picture, left, top, cropWidth, cropHeight, width, height);
  }

  /// The whole picture, as large as `width`×`height` allows.
  static Picture fit(Picture picture, int width, int height) {
    double ratio = Math.max((double) picture.width() / width, (double) picture.height() / height);
    int fittedWidth = Math.clamp(Math.round(picture.width() / ratio), 1, width);
    int fittedHeight = Math.clamp(Math.round(picture.height() / ratio), 1, height);
    return Resampling.of(
        picture, 0, 0, picture.width(), picture.height(), fittedWidth, fittedHeight);
  }

  /// The whole picture in the middle of a transparent one of exactly `width`×`height`.
  static Picture centred(Picture picture, int width, int height) {
    Picture fitted = fit(picture, width, height);
    int left = (width - fitted.width()) / 2;
    int top = (height - fitted.height()) / 2;
    int[] argb = new int[width * height];
    for (int y = 0; y < fitted.height(); y++) {
      System.arraycopy(
          fitted.argb(), y * fitted.width(), argb, (top + y) * width + left, fitted.width());
    }
    return new Picture(width, height, argb);
  }

  /// The smallest part that holds every visible pixel.
  ///
  /// @throws UnreadablePictureException if there is none
  static Picture trimmed(String name, Picture picture) {
    int left = picture.width();
    int right = -1;
    int top = -1;
    int bottom = -1;
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        if (picture.at(x, y) >>> 24 >= FAINTEST_VISIBLE_ALPHA) {
          left = Math.min(left, x);
          right = Math.max(right, x);
          top = top < 0 ? y : top;
          bottom = y;
        }
      }
    }
    if (right < 0) {
      throw new UnreadablePictureException(name + " has no visible pixel");
    }
    return cropped(picture, left, top, right - left + 1, bottom - top + 1);
  }

  private static Picture cropped(Picture picture, int left, int top, int width, int height) {
    int[] argb = new int[width * height];
    for (int y = 0; y < height; y++) {
      System.arraycopy(picture.argb(), (top + y) * picture.width() + left, argb, y * width, width);
    }
    return new Picture(width, height, argb);
  }
}
