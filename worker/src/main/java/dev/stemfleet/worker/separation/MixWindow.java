package dev.stemfleet.worker.separation;

import java.util.Arrays;

/// The part of the mix that a segment can see: half a segment of what came before, and the segment
/// itself. Moves along the mix. Not thread-safe.
final class MixWindow {
  private final MixSource source;
  private final int segment;
  private final int history;
  private final float[][] channels;
  private final float[] blockLeft = new float[8192];
  private final float[] blockRight = new float[8192];
  private int blockAt;
  private int blockEnd;
  private long start;
  private long end;
  private boolean ended;

  /// @param start where the first segment begins: 0, or before the mix
  MixWindow(MixSource source, int segment, long start) {
    this.source = source;
    this.segment = segment;
    this.history = segment / 2;
    this.channels = new float[2][history + segment];
    this.start = start;
  }

  /// Where the segment begins in the mix; before it there is silence.
  long start() {
    return start;
  }

  /// Up to where the mix is read.
  long end() {
    return end;
  }

  /// Samples of the segment that the mix has, and silence before it.
  int available() {
    return Math.toIntExact(Math.clamp(end - start, 0, segment));
  }

  /// Moves on to where another segment begins, and reads until it is full or the mix ends. What
  /// lies behind becomes history.
  ///
  /// @param position at most a segment farther than the one before
  void moveTo(long position) {
    int by = Math.toIntExact(position - start);
    slide(channels[0], by);
    slide(channels[1], by);
    start = position;
    while (end < start + segment && nextBlock()) {
      int count = Math.toIntExact(Math.min(start + segment - end, blockEnd - blockAt));
      int at = history + Math.toIntExact(end - start);
      System.arraycopy(blockLeft, blockAt, channels[0], at, count);
      System.arraycopy(blockRight, blockAt, channels[1], at, count);
      end += count;
      blockAt += count;
    }
  }

  private static void slide(float[] channel, int by) {
    int keep = channel.length - by;
    System.arraycopy(channel, by, channel, 0, keep);
    Arrays.fill(channel, keep, channel.length, 0);
  }

  /// Where the segment's first sample lies in the network's input: a short end is put in the
  /// middle, with the sound before it, because networks judge the edges worst.
  int lead() {
    return (segment - available()) / 2;
  }

  /// Writes a channel of the segment as the network wants it: (x − mean) · scale. Silence beyond
  /// the mix stays what it is before the shift.
  void copySegment(int channel, float[] to, float mean, float scale) {
    int from = history - lead();
    if (mean == 0 && scale == 1) {
      System.arraycopy(channels[channel], from, to, 0, segment);
      return;
    }
    float[] samples = channels[channel];
    for (int i = 0; i < segment; i++) {
      to[i] = (samples[from + i] - mean) * scale;
    }
  }

  /// Writes what the mix has of a channel, from the segment's first sample.
  void copyMix(int channel, float[] to) {
    System.arraycopy(channels[channel], history, to, 0, available());
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
