package dev.stemfleet.worker.speech;

/// Sound at another rate: the ideal low-pass filter under a Kaiser window, evaluated where the new
/// samples lie. For n samples there are round(n · to / from), the first on the first.
///
/// Source: J. O. Smith, "Digital Audio Resampling", ccrma.stanford.edu/~jos/resample. 64 zero
/// crossings a side and β = 10: what the lower rate can hold is kept up to 89 % of it, and nothing
/// above folds back by more than −90 dB.
final class Resampling {
  private static final int CROSSINGS = 64;
  private static final double BETA = 10;
  private static final double BAND = 0.94;

  private Resampling() {}

  static float[] of(float[] samples, int fromHz, int toHz) {
    if (fromHz == toHz) {
      return samples.clone();
    }
    int common = gcd(fromHz, toHz);
    int up = toHz / common;
    int down = fromHz / common;
    double cutoff = BAND * Math.min(1.0, (double) toHz / fromHz);
    int half = (int) Math.ceil(CROSSINGS / cutoff);
    float[][] phases = phases(up, half, cutoff);
    float[] out = new float[(int) Math.round((double) samples.length * up / down)];
    for (int n = 0; n < out.length; n++) {
      long position = (long) n * down;
      int centre = (int) (position / up);
      float[] taps = phases[(int) (position % up)];
      out[n] = (float) sum(samples, centre - half + 1, taps);
    }
    return out;
  }

  private static double sum(float[] samples, int first, float[] taps) {
    int from = Math.max(0, -first);
    int to = Math.min(taps.length, samples.length - first);
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += (double) taps[i] * samples[first + i];
    }
    return sum;
  }

  /// For each place between two samples, the weights of those around it; they sum to 1.
  private static float[][] phases(int up, int half, double cutoff) {
    float[][] phases = new float[up][2 * half];
    for (int phase = 0; phase < up; phase++) {
      double[] taps = new double[2 * half];
      double sum = 0;
      for (int i = 0; i < taps.length; i++) {
        double away = i - (half - 1) - (double) phase / up;
        taps[i] = cutoff * sinc(cutoff * away) * kaiser(away / half);
        sum += taps[i];
      }
      for (int i = 0; i < taps.length; i++) {
        phases[phase][i] = (float) (taps[i] / sum);
      }
    }
    return phases;
  }

  private static double sinc(double x) {
    return Math.abs(x) < 1e-12 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  }

  private static double kaiser(double x) {
    return Math.abs(x) >= 1 ? 0 : bessel(BETA * Math.sqrt(1 - x * x)) / bessel(BETA);
  }

  /// Modified, of the first kind and order 0, by its power series.
  private static double bessel(double x) {
    double term = 1;
    double sum = 1;
    for (int k = 1; term > 1e-16 * sum; k++) {
      term *= x * x / (4.0 * k * k);
      sum += term;
    }
    return sum;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
