package dev.stemfleet.worker.separation;

import dev.stemfleet.common.domain.ModelSpec.Border;
import dev.stemfleet.common.domain.ModelSpec.Fill;

/// A mix with something put around it; nothing around nothing. Holds twice as much of the mix as a
/// border is long. Not thread-safe.
final class BorderedSource implements MixSource {
  private final MixSource mix;
  private final int border;
  private final boolean reflecting;
  private final float[][] head;

  /// The last samples given of the mix, sample i at i modulo the length.
  private final float[][] tail;

  /// Samples in [#head]; −1 before they are read.
  private int heard = -1;

  /// Samples given, borders included.
  private long given;

  /// Of the mix, once it has ended; else −1.
  private long length = -1;

  private BorderedSource(MixSource mix, Border border) {
    this.mix = mix;
    this.border = border.samples();
    this.reflecting = border.fill() == Fill.REFLECTION;
    this.head = new float[2][this.border + 1];
    this.tail = new float[2][this.border + 1];
  }

  static MixSource of(MixSource mix, Border border) {
    return border.samples() == 0 ? mix : new BorderedSource(mix, border);
  }

  @Override
  public int read(float[] left, float[] right) {
    if (heard < 0) {
      readHead();
    }
    int count = heard == 0 ? -1 : next(left, right);
    given += Math.max(0, count);
    return count;
  }

  private int next(float[] left, float[] right) {
    if (given < border) {
      return before(left, right);
    }
    long at = given - border;
    if (at < heard) {
      int count = Math.min(left.length, heard - (int) at);
      System.arraycopy(head[0], (int) at, left, 0, count);
      System.arraycopy(head[1], (int) at, right, 0, count);
      return kept(at, left, right, count);
    }
    if (length < 0) {
      int count = mix.read(left, right);
      if (count >= 0) {
        return kept(at, left, right, count);
      }
      length = at;
    }
    return at < length + border ? after(at, left, right) : -1;
  }

  private void readHead() {
    heard = 0;
    int count = 0;
    while (count >= 0 && heard <= border) {
      float[][] block = new float[2][Math.min(4096, border + 1 - heard)];
      count = mix.read(block[0], block[1]);
      for (int channel = 0; channel < 2; channel++) {
        System.arraycopy(block[channel], 0, head[channel], heard, Math.max(0, count));
      }
      heard += Math.max(0, count);
    }
  }

  private int kept(long at, float[] left, float[] right, int count) {
    for (int i = 0; i < count; i++) {
      int place = (int) ((at + i) % tail[0].length);
      tail[0][place] = left[i];
      tail[1][place] = right[i];
    }
    return count;
  }

  private int before(float[] left, float[] right) {
    int count = (int) Math.min(left.length, border - given);
    for (int i = 0; i < count; i++) {
      int mirrored = (int) (border - given) - i;
      boolean there = reflecting && mirrored < heard;
      left[i] = there ? head[0][mirrored] : 0;
      right[i] = there ? head[1][mirrored] : 0;
    }
    return count;
  }

  private int after(long at, float[] left, float[] right) {
    int count = (int) Math.min(left.length, length + border - at);
    for (int i = 0; i < count; i++) {
      long mirrored = 2 * length - 2 - (at + i);
      boolean there = reflecting && mirrored >= 0;
      int place = (int) (Math.max(0, mirrored) % tail[0].length);
      left[i] = there ? tail[0][place] : 0;
      right[i] = there ? tail[1][place] : 0;
    }
    return count;
  }
}
