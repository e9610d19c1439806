package dev.stemfleet.worker.separation.layout;

import dev.stemfleet.worker.spectrum.Spectrum;

/// The multichannel Wiener step for one bin and one block of frames, written as its formula is:
/// matrices of complex numbers, in double precision. With x and all magnitudes divided by a =
/// max(1, max |x| / 10): y_j = v_j x / |x|, p_j = mean over channels of |y_j|², R_j = Σ y_j y_jᴴ /
/// (1e-10 + Σ p_j), stem j = a p_j R_j (Σ p_k R_k + √1e-10 I)⁻¹ x.
final class WienerFormula {
  private static final double LEAST = 1e-10;

  private final Spectrum mix;
  private final float[][][] magnitudes;
  private final int bin;
  private final double scale;

  /// By stem: 2 · 2 complex numbers, row by row.
  private final double[][] shapes;

  WienerFormula(Spectrum mix, float[][][] magnitudes, int bin, int first, int end) {
    this.mix = mix;
    this.magnitudes = magnitudes;
    this.bin = bin;
    this.scale = Math.max(1, loudest(mix, first, end) / 10);
    this.shapes = new double[magnitudes.length][];
    for (int stem = 0; stem < shapes.length; stem++) {
      double[] sum = new double[8];
      double powers = LEAST;
      for (int frame = first; frame < end; frame++) {
        double[] y = y(stem, frame);
        powers += power(y);
        for (int i = 0; i < 4; i++) {
          int row = 2 * (i / 2);
          int column = 2 * (i % 2);
          sum[2 * i] += y[row] * y[column] + y[row + 1] * y[column + 1];
          sum[2 * i + 1] += y[row + 1] * y[column] - y[row] * y[column + 1];
        }
      }
      shapes[stem] = times(sum, 1 / powers);
    }
  }

  /// Real and imaginary part of the left side, then of the right one.
  double[] stem(int stem, int frame) {
    double[] all = {Math.sqrt(LEAST), 0, 0, 0, 0, 0, Math.sqrt(LEAST), 0};
    for (int i = 0; i < shapes.length; i++) {
      double[] part = times(shapes[i], power(y(i, frame)));
      for (int k = 0; k < 8; k++) {
        all[k] += part[k];
      }
    }
    double[] own = times(shapes[stem], power(y(stem, frame)));
    return times(applied(own, applied(inverse(all), times(x(frame), 1 / scale))), scale);
  }

  private static double[] inverse(double[] m) {
    double[] determinant = minus(product(m, 0, m, 6), product(m, 2, m, 4));
    double size = determinant[0] * determinant[0] + determinant[1] * determinant[1];
    double[] over = {determinant[0] / size, -determinant[1] / size};
    double[] adjoint = {m[6], m[7], -m[2], -m[3], -m[4], -m[5], m[0], m[1]};
    double[] inverse = new double[8];
    for (int i = 0; i < 8; i += 2) {
      System.arraycopy(product(adjoint, i, over, 0), 0, inverse, i, 2);
    }
    return inverse;
  }

  private static double[] applied(double[] m, double[] v) {
    double[] result = new double[4];
    for (int row = 0; row < 2; row++) {
      double[] left = product(m, 4 * row, v, 0);
      double[] right = product(m, 4 * row + 2, v, 2);
      result[2 * row] = left[0] + right[0];
      result[2 * row + 1] = left[1] + right[1];
    }
    return result;
  }

  private static double[] product(double[] a, int i, double[] b, int k) {
    return new double[] {
      a[i] * b[k] - a[i + 1] * b[k + 1], a[i] * b[k + 1] + a[i + 1] * b[k],
    };
  }

  private static double[] minus(double[] a, double[] b) {
    return new double[] {a[0] - b[0], a[1] - b[1]};
  }

  private static double[] times(double[] values, double factor) {
    double[] times = values.clone();
    for (int i = 0; i < times.length; i++) {
      times[i] *= factor;
    }
    return times;
  }

  private double[] y(int stem, int frame) {
    double[] y = x(frame);
    for (int channel = 0; channel < 2; channel++) {
      double size = Math.hypot(y[2 * channel], y[2 * channel + 1]);
      double own = magnitudes[stem][channel][bin * mix.frames() + frame] / scale;
      y[2 * channel] *= own / size;
      y[2 * channel + 1] *= own / size;
    }
    return y;
  }

  private double[] x(int frame) {
    int at = bin * mix.frames() + frame;
    return new double[] {
      mix.real(0)[at], mix.imaginary(0)[at], mix.real(1)[at], mix.imaginary(1)[at]
    };
  }

  private static double power(double[] y) {
    return (y[0] * y[0] + y[1] * y[1] + y[2] * y[2] + y[3] * y[3]) / 2;
  }

  private static double loudest(Spectrum mix, int first, int end) {
    double most = 0;
    for (int channel = 0; channel < 2; channel++) {
      for (int bin = 0; bin < mix.bins(); bin++) {
        for (int frame = first; frame < end; frame++) {
          int at = bin * mix.frames() + frame;
          most = Math.max(most, Math.hypot(mix.real(channel)[at], mix.imaginary(channel)[at]));
        }
      }
    }
    return most;
  }
}
