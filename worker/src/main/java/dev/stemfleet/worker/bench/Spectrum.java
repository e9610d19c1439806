package dev.stemfleet.worker.bench;

/// The discrete Fourier transform of two real signals at once, radix 2, with a Hann window.
/// Confined to one thread at a time.
final class Spectrum {
  /// Samples in a window.
  static final int SIZE = 2048;

  private static final double[] COSINES = new double[SIZE];
  private static final double[] HANN = new double[SIZE];

  static {
    for (int i = 0; i < SIZE; i++) {
      COSINES[i] = Math.cos(2 * Math.PI * i / SIZE);
      HANN[i] = 0.5 - 0.5 * COSINES[i];
    }
  }

  private final double[] real = new double[SIZE];
  private final double[] imaginary = new double[SIZE];

  /// Writes the squared magnitudes of the bins up to half the rate.
  ///
  /// @param from where the window begins in both signals
  /// @param onePower of the first signal, `SIZE / 2` values; a sine of amplitude 1 peaks at 1
  /// @param otherPower of the second
  void powers(float[] one, float[] other, int from, double[] onePower, double[] otherPower) {
    for (int i = 0; i < SIZE; i++) {
      int at = Integer.reverse(i) >>> (Integer.numberOfLeadingZeros(SIZE) + 1);
      real[at] = HANN[i] * one[from + i];
      imaginary[at] = HANN[i] * other[from + i];
    }
    for (int half = 1; half < SIZE; half *= 2) {
      butterflies(half);
    }
    // A real signal's spectrum is symmetric, an imaginary one's antisymmetric: that parts the two.
    double scale = 4.0 / SIZE / SIZE;
    for (int bin = 0; bin < SIZE / 2; bin++) {
      int mirror = (SIZE - bin) % SIZE;
      double evenReal = real[bin] + real[mirror];
      double oddImaginary = imaginary[bin] - imaginary[mirror];
      double evenImaginary = imaginary[bin] + imaginary[mirror];
      double oddReal = real[mirror] - real[bin];
      onePower[bin] = scale * (evenReal * evenReal + oddImaginary * oddImaginary);
      otherPower[bin] = scale * (evenImaginary * evenImaginary + oddReal * oddReal);
    }
  }

  private void butterflies(int half) {
    int stride = SIZE / 2 / half;
    for (int k = 0; k < half; k++) {
      double cosine = COSINES[k * stride];
      double sine = -COSINES[(k * stride + 3 * SIZE / 4) % SIZE];
      for (int top = k; top < SIZE; top += 2 * half) {
        int low = top + half;
        double lowReal = real[low] * cosine - imaginary[low] * sine;
        double lowImaginary = real[low] * sine + imaginary[low] * cosine;
        real[low] = real[top] - lowReal;
        imaginary[low] = imaginary[top] - lowImaginary;
        real[top] += lowReal;
        imaginary[top] += lowImaginary;
      }
    }
  }
}
