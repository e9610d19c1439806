package dev.stemfleet.worker.bench;

import dev.stemfleet.worker.audio.Fourier;

/// The discrete Fourier transform of two real signals at once, with a Hann window. Confined to one
/// thread at a time.
final class Spectrum {
  /// Samples in a window.
  static final int SIZE = Fourier.SIZE;

  private static final double[] HANN = new double[SIZE];

  static {
    for (int i = 0; i < SIZE; i++) {
      HANN[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / SIZE);
    }
  }

  private final Fourier fourier = new Fourier();

  /// Writes the squared magnitudes of the bins up to half the rate.
  ///
  /// @param from where the window begins in both signals
  /// @param onePower of the first signal, `SIZE / 2` values; a sine of amplitude 1 peaks at 1
  /// @param otherPower of the second
  void powers(float[] one, float[] other, int from, double[] onePower, double[] otherPower) {
    for (int i = 0; i < SIZE; i++) {
      fourier.set(i, HANN[i] * one[from + i], HANN[i] * other[from + i]);
    }
    fourier.transform();
    // A real signal's spectrum is symmetric, an imaginary one's antisymmetric: that parts the two.
    double scale = 4.0 / SIZE / SIZE;
    for (int bin = 0; bin < SIZE / 2; bin++) {
      int mirror = (SIZE - bin) % SIZE;
      double evenReal = fourier.real(bin) + fourier.real(mirror);
      double oddImaginary = fourier.imaginary(bin) - fourier.imaginary(mirror);
      double evenImaginary = fourier.imaginary(bin) + fourier.imaginary(mirror);
      double oddReal = fourier.real(mirror) - fourier.real(bin);
      onePower[bin] = scale * (evenReal * evenReal + oddImaginary * oddImaginary);
      otherPower[bin] = scale * (evenImaginary * evenImaginary + oddReal * oddReal);
    }
  }
}
