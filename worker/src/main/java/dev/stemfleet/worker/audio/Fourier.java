package dev.stemfleet.worker.audio;

/// The discrete Fourier transform of 2048 complex values, radix 2. Confined to one thread at a
/// time.
public final class Fourier {
  /// How many values there are.
  public static final int SIZE = 2048;

  private static final double[] COSINES = new double[SIZE];

  static {
    for (int i = 0; i < SIZE; i++) {
      COSINES[i] = Math.cos(2 * Math.PI * i / SIZE);
    }
  }

  private final double[] real = new double[SIZE];
  private final double[] imaginary = new double[SIZE];

  /// Sets value `at` of the next transform; all have to be set.
  public void set(int at, double realPart, double imaginaryPart) {
    int reversed = Integer.reverse(at) >>> (Integer.numberOfLeadingZeros(SIZE) + 1);
    real[reversed] = realPart;
    imaginary[reversed] = imaginaryPart;
  }

  /// Transforms what was set.
  public void transform() {
    for (int half = 1; half < SIZE; half *= 2) {
      butterflies(half);
    }
  }

  /// The real part of a bin.
  public double real(int bin) {
    return real[bin];
  }

  /// The imaginary part of a bin.
  public double imaginary(int bin) {
    return imaginary[bin];
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
