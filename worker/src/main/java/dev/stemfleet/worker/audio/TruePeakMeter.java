package dev.stemfleet.worker.audio;

import java.util.Arrays;

/// Measures the true peak of stereo sound as it flows by: the highest value of the wave that the
/// samples stand for, sought at four times their rate (ITU-R BS.1770-5, annex 2).
///
/// Between two samples three points are interpolated by a Kaiser-windowed sinc of 32 samples, which
/// is finer than the recommendation's 12. Confined to one thread at a time.
public final class TruePeakMeter {
  private static final int FACTOR = 4;
  private static final int TAPS = 32;
  private static final double KAISER_BETA = 8;
  private static final int BLOCK = 4096;
  private static final float[][] PHASES = phases();

  private final float[] left = new float[TAPS - 1 + BLOCK];
  private final float[] right = new float[TAPS - 1 + BLOCK];
  private final float[] points = new float[BLOCK];
  private float peak;

  public TruePeakMeter() {}

  private TruePeakMeter(TruePeakMeter other) {
    System.arraycopy(other.left, 0, left, 0, left.length);
    System.arraycopy(other.right, 0, right, 0, right.length);
    peak = other.peak;
  }

  /// Takes the next `count` samples of each channel.
  public void write(float[] leftSamples, float[] rightSamples, int count) {
    for (int from = 0; from < count; from += BLOCK) {
      int length = Math.min(BLOCK, count - from);
      take(left, leftSamples, from, length);
      take(right, rightSamples, from, length);
    }
  }

  /// The peak until now in dBTP; negative infinity for digital silence. The sound is taken to go on
  /// with silence.
  public double decibels() {
    return Sound.decibels(linear());
  }

  /// The peak until now, 1.0 = full scale.
  public double linear() {
    TruePeakMeter ended = new TruePeakMeter(this);
    ended.write(new float[TAPS], new float[TAPS], TAPS);
    return ended.peak;
  }

  /// The first `TAPS - 1` values of `window` are the end of what came before.
  private void take(float[] window, float[] samples, int from, int length) {
    System.arraycopy(samples, from, window, TAPS - 1, length);
    raise(window, TAPS - 1, length);
    for (float[] phase : PHASES) {
      Arrays.fill(points, 0, length, 0);
      // A few taps at a time over the whole block: this order is what the compiler turns into
      // vectors.
      for (int tap = 0; tap < TAPS; tap += 4) {
        addFourTaps(phase, tap, window, length);
      }
      raise(points, 0, length);
    }
    System.arraycopy(window, length, window, 0, TAPS - 1);
  }

  private void addFourTaps(float[] phase, int tap, float[] window, int length) {
    float first = phase[tap];
    float second = phase[tap + 1];
    float third = phase[tap + 2];
    float fourth = phase[tap + 3];
    for (int i = 0; i < length; i++) {
      points[i] +=
          first * window[i + tap]
              + second * window[i + tap + 1]
              + third * window[i + tap + 2]
              + fourth * window[i + tap + 3];
    }
  }

  private void raise(float[] values, int from, int length) {
    float highest = peak;
    for (int i = from; i < from + length; i++) {
      highest = Math.max(highest, Math.abs(values[i]));
    }
    peak = highest;
  }

  /// One interpolating filter for each of the points at 1/4, 2/4 and 3/4 between two samples.
  private static float[][] phases() {
    float[][] phases = new float[FACTOR - 1][TAPS];
    for (int phase = 1; phase < FACTOR; phase++) {
      double sum = 0;
      for (int tap = 0; tap < TAPS; tap++) {
        double x = tap - (TAPS / 2 - 1) - (double) phase / FACTOR;
        double sinc = Math.sin(Math.PI * x) / (Math.PI * x);
        double value = sinc * kaiser(2 * x / TAPS);
        phases[phase - 1][tap] = (float) value;
        sum += value;
      }
      for (int tap = 0; tap < TAPS; tap++) {
        phases[phase - 1][tap] /= (float) sum;
      }
    }
    return phases;
  }

  /// Kaiser's window at -1…1, not normalised: the filters are.
  private static double kaiser(double at) {
    return bessel(KAISER_BETA * Math.sqrt(Math.max(0, 1 - at * at)));
  }

  /// The modified Bessel function of the first kind and order 0, by its power series.
  private static double bessel(double x) {
    double term = 1;
    double sum = 1;
    for (int k = 1; term > 1e-12 * sum; k++) {
      term *= (x / (2 * k)) * (x / (2 * k));
      sum += term;
    }
    return sum;
  }
}
