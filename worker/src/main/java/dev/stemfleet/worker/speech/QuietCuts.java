package dev.stemfleet.worker.speech;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Cuts sound into parts of 30 s at most, each where the last 10 s of what fits are quietest over
/// 0.2 s, so that no word is cut.
final class QuietCuts {
  private static final int MOST = LogMel.SAMPLES;
  private static final int SOUGHT = 10 * LogMel.RATE_HZ;
  private static final int WINDOW = LogMel.RATE_HZ / 5;

  private QuietCuts() {}

  /// @param samples 16 kHz
  static List<float[]> of(float[] samples) {
    List<float[]> parts = new ArrayList<>();
    int from = 0;
    while (samples.length - from > MOST) {
      int cut = quietest(samples, from + MOST - SOUGHT, from + MOST);
      parts.add(Arrays.copyOfRange(samples, from, cut));
      from = cut;
    }
    parts.add(Arrays.copyOfRange(samples, from, samples.length));
    return parts;
  }

  /// The middle of the quietest window.
  private static int quietest(float[] samples, int from, int to) {
    double power = 0;
    for (int i = from; i < from + WINDOW; i++) {
      power += (double) samples[i] * samples[i];
    }
    double least = power;
    int best = from;
    for (int i = from + 1; i + WINDOW <= to; i++) {
      power += (double) samples[i + WINDOW - 1] * samples[i + WINDOW - 1];
      power -= (double) samples[i - 1] * samples[i - 1];
      if (power < least) {
        least = power;
        best = i;
      }
    }
    return best + WINDOW / 2;
  }
}
