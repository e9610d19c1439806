package dev.stemfleet.worker.evaluate;

import dev.stemfleet.worker.audio.Fourier;
import dev.stemfleet.worker.separation.SdrMeter;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// How good masks of the mix can be: every bin is shared out as the true stems' energies are (ideal
/// ratio mask; frames of 2048 samples every 1024, each channel by itself). Separators that put
/// other phases than the mix's into their stems can be better.
///
/// Takes sound block by block and is half a frame behind. Not thread-safe.
final class IdealMask {
  private static final int SIZE = StereoSpectrum.SIZE;
  private static final int HOP = SIZE / 2;

  private final List<SdrMeter> meters;
  private final Fourier fourier = new Fourier();
  private final float[][] mix = new float[2][SIZE];
  private final List<float[][]> truths;
  private final List<float[][]> sums;
  private final StereoSpectrum mixed = new StereoSpectrum();
  private final StereoSpectrum masked = new StereoSpectrum();
  private final List<StereoSpectrum> parts;
  private final double[] left = new double[SIZE];
  private final double[] right = new double[SIZE];

  /// Of the newest half of the frame.
  private int filled;

  private long taken;

  /// The first half of the first frame holds nothing.
  private long compared = -HOP;

  /// @param meters one a stem: are given truth and masked mix
  IdealMask(List<SdrMeter> meters) {
    this.meters = List.copyOf(meters);
    this.truths = each(() -> new float[2][SIZE]);
    this.sums = each(() -> new float[2][SIZE]);
    this.parts = each(StereoSpectrum::new);
  }

  private <T> List<T> each(Supplier<T> made) {
    return Stream.generate(made).limit(meters.size()).toList();
  }

  /// Takes the next `count` samples per channel.
  void add(float[][] nextMix, List<float[][]> nextTruths, int count) {
    taken += count;
    push(nextMix, nextTruths, count);
  }

  /// Compares what is left; nothing can be added afterwards.
  void finish() {
    float[][] silence = new float[2][HOP];
    List<float[][]> silences = each(() -> silence);
    while (compared < taken) {
      push(silence, silences, HOP - filled);
    }
  }

  private void push(float[][] nextMix, List<float[][]> nextTruths, int count) {
    int from = 0;
    while (from < count) {
      int part = Math.min(count - from, HOP - filled);
      copy(nextMix, from, mix, part);
      for (int stem = 0; stem < truths.size(); stem++) {
        copy(nextTruths.get(stem), from, truths.get(stem), part);
      }
      from += part;
      filled += part;
      if (filled == HOP) {
        frame();
      }
    }
  }

  private void copy(float[][] from, int at, float[][] to, int count) {
    for (int channel = 0; channel < 2; channel++) {
      System.arraycopy(from[channel], at, to[channel], HOP + filled, count);
    }
  }

  private void frame() {
    mixed.transform(fourier, mix);
    for (int stem = 0; stem < parts.size(); stem++) {
      parts.get(stem).transform(fourier, truths.get(stem));
    }
    for (int stem = 0; stem < parts.size(); stem++) {
      shares(parts.get(stem));
      masked.share(mixed, left, right);
      masked.addTo(fourier, sums.get(stem));
      if (compared >= 0) {
        int count = (int) Math.min(HOP, taken - compared);
        meters.get(stem).add(truths.get(stem), sums.get(stem), count);
      }
      slide(truths.get(stem));
      slide(sums.get(stem));
    }
    slide(mix);
    compared += HOP;
    filled = 0;
  }

  private void shares(StereoSpectrum part) {
    for (int k = 0; k < SIZE; k++) {
      double allLeft = 0;
      double allRight = 0;
      for (StereoSpectrum each : parts) {
        allLeft += each.left(k);
        allRight += each.right(k);
      }
      left[k] = allLeft == 0 ? 0 : part.left(k) / allLeft;
      right[k] = allRight == 0 ? 0 : part.right(k) / allRight;
    }
  }

  private static void slide(float[][] signal) {
    for (float[] channel : signal) {
      System.arraycopy(channel, HOP, channel, 0, HOP);
      Arrays.fill(channel, HOP, SIZE, 0);
    }
  }
}
