package dev.stemfleet.worker.audio;

import java.util.Arrays;

/// Measures the true peak of stereo sound as it flows by: the highest value of the wave that the
/// samples stand for, sought at four times their rate (ITU-R BS.1770-5, annex 2).
///
/// Between two samples three points are interpolated by a Kaiser-windowed sinc of 32 samples, which
/// is finer than the recommendation's 12. No point lies higher than the highest of the samples that
/// it is made of times the sum of the filter's magnitudes, 2.0 to 2.4: stretches where that cannot
/// pass the peak found so far are left out, which changes nothing. Confined to one thread at a
/// time.
public final class TruePeakMeter {
  private static final int FACTOR = 4;
  private static final int TAPS = 32;
  private static final double KAISER_BETA = 8;
  private static final int BLOCK = 4096;

  /// Samples that are left out together; at least as many as taps reach over.
  private static final int CELL = 64;

  private static final float[][] PHASES = phases();
  private static final float HIGHEST_GAIN = highestGain();

  private final float[] left = new float[TAPS - 1 + BLOCK];
  private final float[] right = new float[TAPS - 1 + BLOCK];
  private final float[] points = new float[BLOCK];
  private final float[] cells = new float[(TAPS - 1 + BLOCK) / CELL + 1];
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
    int end = TAPS - 1 + length;
    peak = Math.max(peak, highest(window, TAPS - 1, end));
    int count = 0;
    for (int start = 0; start < end; start += CELL) {
      cells[count++] = highest(window, start, Math.min(end, start + CELL));
    }
    int first = 0;
    while (first < length) {
      int next = first;
      while (next < length && mayRaise(next / CELL, count)) {
        next += CELL;
      }
      if (next > first) {
        interpolate(window, first, Math.min(next, length));
      }
      first = next + CELL;
    }
    System.arraycopy(window, length, window, 0, TAPS - 1);
  }

  /// Whether a point of a cell may pass the peak. It is made of samples of this cell and the next;
  /// what is no number may.
  private boolean mayRaise(int cell, int count) {
    float loudest = Math.max(cells[cell], cells[Math.min(cell + 1, count - 1)]);
    return !(loudest * HIGHEST_GAIN <= peak);
  }

  private void interpolate(float[] window, int from, int to) {
    for (float[] phase : PHASES) {
      Arrays.fill(points, from, to, 0);
      // A few taps at a time over the whole stretch: this order is what the compiler turns into
      // vectors.
      for (int tap = 0; tap < TAPS; tap += 4) {
        addFourTaps(phase, tap, window, from, to);
      }
      peak = Math.max(peak, highest(points, from, to));
    }
  }

  private void addFourTaps(float[] phase, int tap, float[] window, int from, int to) {
    float first = phase[tap];
    float second = phase[tap + 1];
    float third = phase[tap + 2];
    float fourth = phase[tap + 3];
    for (int i = from; i < to; i++) {
      points[i] +=
          first * window[i + tap]
              + second * window[i + tap + 1]
              + third * window[i + tap + 2]
              + fourth * window[i + tap + 3];
    }
  }

  private static float highest(float[] values, int from, int to) {
    float highest = 0;
    for (int i = from; i < to; i++) {
      highest = Math.max(highest, Math.abs(values[i]));
    }
    return highest;
  }

  /// With room for what single precision rounds away.
  private static float highestGain() {
    double highest = 0;
    for (float[] phase : PHASES) {
      double sum = 0;
      for (float tap : phase) {
        sum += Math.abs(tap);
      }
      highest = Math.max(highest, sum);
    }
    return (float) (highest * 1.0001);
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
