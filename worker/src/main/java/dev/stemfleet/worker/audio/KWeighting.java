package dev.stemfleet.worker.audio;

/// The K-weighting filter of ITU-R BS.1770-5 for one channel: a high shelf (the head) followed by a
/// high pass (RLB), each a second-order section.
///
/// The recommendation gives coefficients for 48 kHz only. They come from the analogue prototypes
/// below by the bilinear transform (De Man, "Evaluation of Implementations of the EBU R128 Loudness
/// Measurement", AES 145, 2018), which is done here for the rate at hand. Keeps state; confined to
/// one thread at a time.
final class KWeighting {
  private static final double SHELF_HZ = 1681.974450955533;
  private static final double SHELF_GAIN_DB = 3.999843853973347;
  private static final double SHELF_Q = 0.7071752369554196;
  private static final double SHELF_BAND_EXPONENT = 0.4996667741545416;
  private static final double PASS_HZ = 38.13547087602444;
  private static final double PASS_Q = 0.5003270373238773;

  private final double shelfB0;
  private final double shelfB1;
  private final double shelfB2;
  private final double shelfA1;
  private final double shelfA2;
  private final double passA1;
  private final double passA2;
  private double shelf1;
  private double shelf2;
  private double pass1;
  private double pass2;

  KWeighting(int rateHz) {
    double k = Math.tan(Math.PI * SHELF_HZ / rateHz);
    double high = Sound.factor(SHELF_GAIN_DB);
    double band = Math.pow(high, SHELF_BAND_EXPONENT);
    double a0 = 1 + k / SHELF_Q + k * k;
    shelfB0 = (high + band * k / SHELF_Q + k * k) / a0;
    shelfB1 = 2 * (k * k - high) / a0;
    shelfB2 = (high - band * k / SHELF_Q + k * k) / a0;
    shelfA1 = 2 * (k * k - 1) / a0;
    shelfA2 = (1 - k / SHELF_Q + k * k) / a0;
    k = Math.tan(Math.PI * PASS_HZ / rateHz);
    a0 = 1 + k / PASS_Q + k * k;
    passA1 = 2 * (k * k - 1) / a0;
    passA2 = (1 - k / PASS_Q + k * k) / a0;
  }

  /// Filters a stretch and sums the squares of what comes out.
  double energy(float[] samples, int from, int to) {
    double s1 = shelf1;
    double s2 = shelf2;
    double p1 = pass1;
    double p2 = pass2;
    double sum = 0;
    for (int i = from; i < to; i++) {
      double s0 = samples[i] - shelfA1 * s1 - shelfA2 * s2;
      double head = shelfB0 * s0 + shelfB1 * s1 + shelfB2 * s2;
      double p0 = head - passA1 * p1 - passA2 * p2;
      // The numerator of the high pass is 1, -2, 1 at every rate, as in the recommendation.
      double out = p0 - 2 * p1 + p2;
      sum += out * out;
      s2 = s1;
      s1 = s0;
      p2 = p1;
      p1 = p0;
    }
    shelf1 = s1;
    shelf2 = s2;
    pass1 = p1;
    pass2 = p2;
    return sum;
  }
}
