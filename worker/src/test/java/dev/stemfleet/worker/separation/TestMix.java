package dev.stemfleet.worker.separation;

import dev.stemfleet.common.domain.ModelSpec.Fill;
import dev.stemfleet.common.domain.ModelSpec.Segments;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/// Mixes to be cut and joined, and how far two sounds are apart.
final class TestMix {
  static final long SEED = 20_261_124;

  private TestMix() {}

  static float[][] noise(int length) {
    Random random = new Random(SEED);
    float[][] noise = new float[2][length];
    for (int i = 0; i < length; i++) {
      noise[0][i] = (float) (0.3 * random.nextGaussian());
      noise[1][i] = (float) (0.3 * random.nextGaussian());
    }
    return noise;
  }

  /// Noise whose right side is its left one upside down.
  static float[][] opposite(int length, float gain) {
    float[][] mix = noise(length);
    for (int i = 0; i < length; i++) {
      mix[0][i] *= gain;
      mix[1][i] = -mix[0][i];
    }
    return mix;
  }

  /// Tones of 1.5 to 2.5 kHz that swell and fade. None goes on over an edge of a segment, where it
  /// would be cut or reflected and so be heard all over the spectrum; they lie close to the edges
  /// on both sides, and to both ends.
  ///
  /// @param margin samples on both sides of the edges that stay silent
  static float[][] tones(int length, Segments segments, int margin) {
    Random random = new Random(SEED);
    float[][] mix = new float[2][length];
    List<Long> edges = List.copyOf(edges(length, segments));
    for (int i = 0; i + 1 < edges.size(); i++) {
      int from = Math.toIntExact(edges.get(i)) + margin;
      int to = Math.toIntExact(edges.get(i + 1)) - margin;
      int tone = Math.min(6000, to - from);
      if (tone >= 400) {
        for (float[] channel : mix) {
          add(channel, from, tone, random);
          add(channel, to - tone, tone, random);
          add(channel, from + random.nextInt(to - from - tone + 1), tone, random);
        }
      }
    }
    return mix;
  }

  private static void add(float[] channel, int from, int length, Random random) {
    double step = 2 * Math.PI * (1500 + 1000 * random.nextDouble()) / 44_100;
    double phase = 2 * Math.PI * random.nextDouble();
    for (int i = 0; i < length; i++) {
      double swell = (i - length / 2.0) / (length / 12.0);
      channel[from + i] +=
          (float) (0.2 * Math.exp(-swell * swell / 2) * Math.sin(phase + step * i));
    }
  }

  /// Where segments begin and end within a track, and both ends of it.
  private static Set<Long> edges(int length, Segments segments) {
    TreeSet<Long> edges = new TreeSet<>(List.of(0L, (long) length));
    int segment = segments.samples();
    int border = segments.border().samples();
    long end = length + 2L * border;
    for (long start = 0; ; start += segments.strideSamples()) {
      long lead = (segment - Math.min(segment, end - start)) / 2;
      edges.add(start - lead - border);
      edges.add(start - lead - border + segment);
      if (start + segment >= end) {
        break;
      }
    }
    if (segments.border().fill() == Fill.REFLECTION) {
      for (long edge : List.copyOf(edges)) {
        edges.add(-edge);
        edges.add(2L * length - edge);
      }
    }
    edges.removeIf(edge -> edge < 0 || edge > length);
    return edges;
  }

  /// Decibels of a mix times a gain above the error of a stem, in a part of it; of the mix itself
  /// if the gain is 0.
  static double decibels(float[][] mix, double gain, float[][] stem, int from, int to) {
    double signal = 0;
    double error = 0;
    for (int channel = 0; channel < 2; channel++) {
      for (int i = 0; i < mix[channel].length; i++) {
        signal += Math.pow((gain == 0 ? 1 : gain) * mix[channel][i], 2) / mix[channel].length;
        if (i >= from && i < to) {
          error += Math.pow(gain * mix[channel][i] - stem[channel][i], 2) / (to - from);
        }
      }
    }
    return error == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(signal / error);
  }
}
