package dev.stemfleet.worker.separation;

import dev.stemfleet.common.domain.ModelSpec.Segments;
import dev.stemfleet.common.domain.ModelSpec.Window;
import java.util.Arrays;
import java.util.List;

/// Joins segments: every output is weighted, added where it belongs and divided by the weights that
/// were put there. Not thread-safe.
///
/// Same weighted mean as adefossez/demucs uses (triangle to the power 1), with other windows as
/// well.
final class OverlapAdd {
  private final List<List<Integer>> groups;
  private final float[] window;
  private final float[] weights;
  private final float[][][] sums;

  OverlapAdd(Segments segments, List<List<Integer>> groups) {
    int segment = segments.samples();
    this.groups = groups;
    this.window = window(segments);
    this.weights = new float[segment];
    this.sums = new float[groups.size()][2][segment];
  }

  /// Adds the stems of a segment.
  ///
  /// @param stems by stem and channel
  /// @param lead where the first wanted sample lies in them
  /// @param count wanted samples
  void add(float[][][] stems, int lead, int count) {
    for (int i = 0; i < count; i++) {
      weights[i] += window[i];
    }
    for (int group = 0; group < sums.length; group++) {
      for (int stem : groups.get(group)) {
        for (int channel = 0; channel < 2; channel++) {
          addWeighted(stems[stem][channel], lead, sums[group][channel], count);
        }
      }
    }
  }

  private void addWeighted(float[] output, int from, float[] sum, int count) {
    for (int i = 0; i < count; i++) {
      sum[i] += window[i] * output[from + i];
    }
  }

  /// Writes joined samples of a group, scaled and shifted.
  void read(int group, int channel, int from, int count, float scale, float shift, float[] to) {
    float[] sum = sums[group][channel];
    for (int i = 0; i < count; i++) {
      to[i] = sum[from + i] / weights[from + i] * scale + shift;
    }
  }

  /// Forgets the first `stride` samples.
  void slide(int stride) {
    slide(weights, stride);
    for (float[][] group : sums) {
      slide(group[0], stride);
      slide(group[1], stride);
    }
  }

  private static void slide(float[] channel, int stride) {
    int keep = channel.length - stride;
    System.arraycopy(channel, stride, channel, 0, keep);
    Arrays.fill(channel, keep, channel.length, 0);
  }

  private static float[] window(Segments segments) {
    int length = segments.samples();
    return switch (segments.window()) {
      case Window.TRIANGLE -> ramps(length, (length + 1) / 2);
      case Window.FADE -> ramps(length, segments.fadeSamples());
      case Window.FLAT -> ramps(length, 1);
      case Window.HANN -> hann(length);
    };
  }

  private static float[] ramps(int length, int ramp) {
    float[] window = new float[length];
    for (int i = 0; i < length; i++) {
      int edge = Math.min(i, length - 1 - i) + 1;
      window[i] = edge >= ramp ? 1f : (float) edge / ramp;
    }
    return window;
  }

  /// Nowhere quite 0, so that a sample comes back whatever else covers it.
  private static float[] hann(int length) {
    float[] window = new float[length];
    for (int i = 0; i < length; i++) {
      double weight = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / (length - 1));
      window[i] = (float) Math.max(weight, 1e-5);
    }
    return window;
  }
}
