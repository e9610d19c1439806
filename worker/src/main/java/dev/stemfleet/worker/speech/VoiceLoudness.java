package dev.stemfleet.worker.speech;

/// Loudness of one channel by ITU-R BS.1770-4: K-weighting, blocks of 400 ms every 100 ms, gated at
/// −70 LUFS and at 10 LU below the mean.
final class VoiceLoudness {
  private static final double OFFSET = -0.691;
  private static final double ABSOLUTE_GATE = -70;
  private static final double RELATIVE_GATE = 10;

  private VoiceLoudness() {}

  /// @return minus infinity for silence, or for what is shorter than a block
  static double lufs(float[] samples, int rateHz) {
    double[] squares = squares(samples, rateHz);
    int step = rateHz / 10;
    int blocks = squares.length / step - 3;
    if (blocks < 1) {
      return Double.NEGATIVE_INFINITY;
    }
    double[] means = new double[blocks];
    for (int block = 0; block < blocks; block++) {
      double sum = 0;
      for (int i = block * step; i < (block + 4) * step; i++) {
        sum += squares[i];
      }
      means[block] = sum / (4 * step);
    }
    double absolute = meanAbove(means, power(ABSOLUTE_GATE));
    return loudness(meanAbove(means, power(loudness(absolute) - RELATIVE_GATE)));
  }

  private static double meanAbove(double[] means, double gate) {
    double sum = 0;
    int count = 0;
    for (double mean : means) {
      if (mean > gate) {
        sum += mean;
        count++;
      }
    }
    return count == 0 ? 0 : sum / count;
  }

  private static double loudness(double power) {
    return OFFSET + 10 * Math.log10(power);
  }

  private static double power(double loudness) {
    return Math.pow(10, (loudness - OFFSET) / 10);
  }

  private static double[] squares(float[] samples, int rateHz) {
    Biquad shelf = Biquad.shelf(rateHz);
    Biquad highPass = Biquad.highPass(rateHz);
    double[] squares = new double[samples.length];
    for (int i = 0; i < samples.length; i++) {
      double weighted = highPass.next(shelf.next(samples[i]));
      squares[i] = weighted * weighted;
    }
    return squares;
  }

  /// A filter of second order, in its transposed form.
  private static final class Biquad {
    private final double b0;
    private final double b1;
    private final double b2;
    private final double a1;
    private final double a2;
    private double s1;
    private double s2;

    private Biquad(double b0, double b1, double b2, double a1, double a2) {
      this.b0 = b0;
      this.b1 = b1;
      this.b2 = b2;
      this.a1 = a1;
      this.a2 = a2;
    }

    /// The filters of the recommendation, whose coefficients are given for 48 kHz only, for any
    /// rate by the bilinear transform.
    static Biquad shelf(int rateHz) {
      double k = Math.tan(Math.PI * 1681.974450955533 / rateHz);
      double q = 0.7071752369554196;
      double v = Math.pow(10, 3.999843853973347 / 20);
      double u = Math.pow(v, 0.4996667741545416);
      double d = 1 + k / q + k * k;
      return new Biquad(
          (v + u * k / q + k * k) / d,
          2 * (k * k - v) / d,
          (v - u * k / q + k * k) / d,
          2 * (k * k - 1) / d,
          (1 - k / q + k * k) / d);
    }

    static Biquad highPass(int rateHz) {
      double k = Math.tan(Math.PI * 38.13547087602444 / rateHz);
      double q = 0.5003270373238773;
      double d = 1 + k / q + k * k;
      return new Biquad(1, -2, 1, 2 * (k * k - 1) / d, (1 - k / q + k * k) / d);
    }

    double next(double x) {
      double y = b0 * x + s1;
      s1 = b1 * x - a1 * y + s2;
      s2 = b2 * x - a2 * y;
      return y;
    }
  }
}
