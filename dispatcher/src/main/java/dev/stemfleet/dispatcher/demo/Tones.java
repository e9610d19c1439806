package dev.stemfleet.dispatcher.demo;

import java.util.SplittableRandom;

/// The instruments of the demo song. Each adds one note to a stereo mix. [StrictMath] throughout,
/// so that the song has the same bytes, and so the same track id, everywhere.
final class Tones {
  static final int SAMPLE_RATE_HZ = 44_100;

  private static final double TAU = 2 * StrictMath.PI;

  /// Centre frequencies in Hz of the first three formants of a sung "ah".
  private static final double[] FORMANTS_HZ = {800, 1150, 2900};

  private static final double[] FORMANT_GAINS = {1, 0.5, 0.2};

  private final float[] left;
  private final float[] right;
  private final SplittableRandom noise = new SplittableRandom(1999);

  /// @param left added to
  /// @param right added to, of the same length
  Tones(float[] left, float[] right) {
    this.left = left;
    this.right = right;
  }

  /// A drum that falls from 150 to 50 Hz.
  void kick(double atSeconds) {
    each(
        atSeconds,
        0.35,
        (t, n) -> {
          double sweep = 50 * t + 100 * 0.04 * (1 - StrictMath.exp(-t / 0.04));
          add(n, 0.85 * StrictMath.exp(-t / 0.11) * StrictMath.sin(TAU * sweep), 0);
        });
  }

  void snare(double atSeconds) {
    each(
        atSeconds,
        0.25,
        (t, n) -> {
          double rattle = noise.nextDouble(-1, 1) * StrictMath.exp(-t / 0.07);
          double skin = StrictMath.sin(TAU * 190 * t) * StrictMath.exp(-t / 0.05);
          add(n, 0.3 * rattle + 0.3 * skin, 0.1);
        });
  }

  /// Noise with its low part taken away by a difference of neighbours.
  void hat(double atSeconds, double gain) {
    double[] before = {0};
    each(
        atSeconds,
        0.06,
        (t, n) -> {
          double now = noise.nextDouble(-1, 1);
          add(n, gain * 0.16 * (now - before[0]) * StrictMath.exp(-t / 0.018), 0.35);
          before[0] = now;
        });
  }

  void bass(double atSeconds, double seconds, double hz) {
    each(
        atSeconds,
        seconds,
        (t, n) -> {
          double sum = 0;
          for (int h = 1; h <= 6; h++) {
            sum += StrictMath.sin(TAU * h * hz * t) / (h * h);
          }
          add(n, 0.3 * sum * edge(t, seconds, 0.01), 0);
        });
  }

  /// A soft, wide note: two voices a little apart in pitch, one on each side.
  void pad(double atSeconds, double seconds, double hz) {
    each(
        atSeconds,
        seconds,
        (t, n) -> {
          double level = 0.055 * edge(t, seconds, 0.12);
          left[n] += (float) (level * reed(hz * 1.003, t));
          right[n] += (float) (level * reed(hz * 0.997, t));
        });
  }

  /// A sung note in the middle: harmonics under three formants, with vibrato.
  void voice(double atSeconds, double seconds, double hz) {
    double[] gains = new double[(int) (4000 / hz)];
    for (int h = 1; h <= gains.length; h++) {
      gains[h - 1] = formants(h * hz) / h;
    }
    each(
        atSeconds,
        seconds,
        (t, n) -> {
          double bend = 0.012 * hz / (TAU * 5.5) * (1 - StrictMath.cos(TAU * 5.5 * t));
          double phase = TAU * (hz * t + bend * StrictMath.min(1, t / 0.3));
          double sum = 0;
          for (int h = 1; h <= gains.length; h++) {
            sum += gains[h - 1] * StrictMath.sin(h * phase);
          }
          add(n, 0.34 * sum * edge(t, seconds, 0.05), 0);
        });
  }

  private interface Sample {
    /// @param t seconds since the note began
    /// @param n index in the mix
    void at(double t, int n);
  }

  private void each(double atSeconds, double seconds, Sample sample) {
    int first = (int) StrictMath.round(atSeconds * SAMPLE_RATE_HZ);
    int count = (int) StrictMath.round(seconds * SAMPLE_RATE_HZ);
    for (int i = 0; i < count && first + i < left.length; i++) {
      sample.at((double) i / SAMPLE_RATE_HZ, first + i);
    }
  }

  /// @param pan −1 left … 1 right
  private void add(int n, double value, double pan) {
    left[n] += (float) (value * (1 - pan));
    right[n] += (float) (value * (1 + pan));
  }

  private static double reed(double hz, double t) {
    double sum = 0;
    for (int h = 1; h <= 8; h++) {
      sum += StrictMath.sin(TAU * h * hz * t + h) / h;
    }
    return sum;
  }

  private static double formants(double hz) {
    double gain = 0.02;
    for (int i = 0; i < FORMANTS_HZ.length; i++) {
      double off = (hz - FORMANTS_HZ[i]) / (60 + 0.08 * FORMANTS_HZ[i]);
      gain += FORMANT_GAINS[i] / (1 + off * off);
    }
    return gain;
  }

  /// Fades in and out, so that no note clicks.
  private static double edge(double t, double seconds, double fade) {
    return StrictMath.min(1, StrictMath.min(t / fade, (seconds - t) / fade));
  }
}
