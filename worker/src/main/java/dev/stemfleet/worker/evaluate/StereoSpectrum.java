package dev.stemfleet.worker.evaluate;

import dev.stemfleet.worker.audio.Fourier;

/// The spectra of left and right under a sine window, kept as the one of left + i·right. The window
/// is applied before and after: its squares add up to one where frames overlap by half. Not
/// thread-safe.
final class StereoSpectrum {
  static final int SIZE = Fourier.SIZE;

  private static final double[] WINDOW = new double[SIZE];

  static {
    for (int i = 0; i < SIZE; i++) {
      WINDOW[i] = Math.sin(Math.PI * (i + 0.5) / SIZE);
    }
  }

  private final double[] re = new double[SIZE];
  private final double[] im = new double[SIZE];
  private final double[] left = new double[SIZE];
  private final double[] right = new double[SIZE];

  /// @param signal `[channel][sample]`
  void transform(Fourier fourier, float[][] signal) {
    for (int i = 0; i < SIZE; i++) {
      fourier.set(i, WINDOW[i] * signal[0][i], WINDOW[i] * signal[1][i]);
    }
    fourier.transform();
    for (int k = 0; k < SIZE; k++) {
      re[k] = fourier.real(k);
      im[k] = fourier.imaginary(k);
    }
    for (int k = 0; k < SIZE; k++) {
      left[k] = squares(leftRe(k), leftIm(k));
      right[k] = squares(rightRe(k), rightIm(k));
    }
  }

  /// Energy of a bin of the left channel.
  double left(int k) {
    return left[k];
  }

  double right(int k) {
    return right[k];
  }

  /// Becomes another spectrum with every bin of each channel times a share.
  void share(StereoSpectrum of, double[] leftShares, double[] rightShares) {
    for (int k = 0; k < SIZE; k++) {
      re[k] = leftShares[k] * of.leftRe(k) - rightShares[k] * of.rightIm(k);
      im[k] = leftShares[k] * of.leftIm(k) + rightShares[k] * of.rightRe(k);
    }
  }

  /// Adds the samples of both channels to a signal.
  void addTo(Fourier fourier, float[][] signal) {
    // Real and imaginary part exchanged before and after: the transform becomes its inverse.
    for (int k = 0; k < SIZE; k++) {
      fourier.set(k, im[k], re[k]);
    }
    fourier.transform();
    for (int i = 0; i < SIZE; i++) {
      signal[0][i] += (float) (WINDOW[i] * fourier.imaginary(i) / SIZE);
      signal[1][i] += (float) (WINDOW[i] * fourier.real(i) / SIZE);
    }
  }

  // A real signal's spectrum is symmetric, an imaginary one's antisymmetric: that parts the two.

  private double leftRe(int k) {
    return 0.5 * (re[k] + re[mirror(k)]);
  }

  private double leftIm(int k) {
    return 0.5 * (im[k] - im[mirror(k)]);
  }

  private double rightRe(int k) {
    return 0.5 * (im[k] + im[mirror(k)]);
  }

  private double rightIm(int k) {
    return 0.5 * (re[mirror(k)] - re[k]);
  }

  private static int mirror(int k) {
    return (SIZE - k) % SIZE;
  }

  private static double squares(double real, double imaginary) {
    return real * real + imaginary * imaginary;
  }
}
