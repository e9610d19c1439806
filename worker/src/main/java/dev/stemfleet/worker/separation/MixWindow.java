package dev.stemfleet.worker.separation;

import java.nio.FloatBuffer;
import java.util.Arrays;

/// The part of the mix that a segment can see: half a segment of what came before, and the segment
/// itself. Slides along the mix. Not thread-safe.
final class MixWindow {
  private final MixSource source;
  private final int segment;
  private final int history;
  private final float[] left;
  private final float[] right;
  private final float[] blockLeft = new float[8192];
  private final float[] blockRight = new float[8192];
  private int blockAt;
  private int blockEnd;
  private int available;
  private boolean ended;

  MixWindow(MixSource source, int segment) {
    this.source = source;
    this.segment = segment;
    this.history = segment / 2;
    this.left = new float[history + segment];
    this.right = new float[history + segment];
  }

  /// Samples of the segment that the mix really has.
  int available() {
    return available;
  }

  /// Reads until the segment is full or the mix ends.
  ///
  /// @return whether anything was read
  boolean fill() {
    int before = available;
    while (available < segment && nextBlock()) {
      int count = Math.min(segment - available, blockEnd - blockAt);
      System.arraycopy(blockLeft, blockAt, left, history + available, count);
      System.arraycopy(blockRight, blockAt, right, history + available, count);
      available += count;
      blockAt += count;
    }
    return available > before;
  }

  /// Moves on by `stride` samples, which become history. What is not read yet is silence.
  void slide(int stride) {
    slide(left, stride);
    slide(right, stride);
    available = Math.max(0, available - stride);
  }

  private static void slide(float[] channel, int stride) {
    int keep = channel.length - stride;
    System.arraycopy(channel, stride, channel, 0, keep);
    Arrays.fill(channel, keep, channel.length, 0);
  }

  /// Where the segment's first real sample lies in the network's input: a short end is put in the
  /// middle, with the sound before it, because networks judge the edges worst.
  int lead() {
    return (segment - available) / 2;
  }

  /// Writes the segment as the network wants it: (x − mean) · scale, left then right. Silence
  /// beyond the mix stays what it is before the shift.
  void copyTo(FloatBuffer input, float mean, float scale) {
    copy(left, input, 0, mean, scale);
    copy(right, input, segment, mean, scale);
  }

  private void copy(float[] channel, FloatBuffer input, int at, float mean, float scale) {
    int from = history - lead();
    if (mean == 0 && scale == 1) {
      input.put(at, channel, from, segment);
      return;
    }
    for (int i = 0; i < segment; i++) {
      input.put(at + i, (channel[from + i] - mean) * scale);
    }
  }

  /// A sample of the segment, by channel 0 or 1.
  float[] channel(int channel) {
    return channel == 0 ? left : right;
  }

  /// Index in [#channel] of the segment's first sample.
  int origin() {
    return history;
  }

  private boolean nextBlock() {
    while (!ended && blockAt == blockEnd) {
      int count = source.read(blockLeft, blockRight);
      ended = count < 0;
      blockAt = 0;
      blockEnd = Math.max(0, count);
    }
    return blockAt < blockEnd;
  }
}
