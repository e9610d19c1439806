package dev.stemfleet.worker.audio;

import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.javacpp.BytePointer;

/// The windows that an AAC packet's coefficients stand for, read from its first bits (ISO/IEC
/// 14496-3, 4.4.2: raw_data_block, fill_element, channel_pair_element, ics_info).
///
/// Neighbouring packets overlap, so that either may be replaced by another encoder's packet of the
/// same place only if the windows fit together.
///
/// @param known false where the two channels have windows of their own; only the first's place is
///   known then
/// @param bits the window sequence and shape
record AacWindows(boolean known, int bits) {
  /// Of no packet.
  static final AacWindows UNKNOWN = new AacWindows(false, 0);

  private static final int PAIR = 1;
  private static final int FILL = 6;

  /// Whether packets that follow these two may change places.
  boolean fit(AacWindows others) {
    return known && others.known && bits == others.bits;
  }

  /// Reads a packet of a stereo encoder.
  static AacWindows of(AVPacket packet) {
    BytePointer data = packet.data();
    int at = 0;
    int element = bits(data, at, 3);
    while (element == FILL) {
      int bytes = bits(data, at + 3, 4);
      at += 7;
      if (bytes == 15) {
        bytes += bits(data, at, 8) - 1;
        at += 8;
      }
      at += 8 * bytes;
      element = bits(data, at, 3);
    }
    boolean common = bits(data, at + 7, 1) == 1;
    return element == PAIR && common ? new AacWindows(true, bits(data, at + 9, 3)) : UNKNOWN;
  }

  private static int bits(BytePointer data, int from, int count) {
    int value = 0;
    for (int at = from; at < from + count; at++) {
      value = 2 * value + (data.get(at / 8) >> (7 - at % 8) & 1);
    }
    return value;
  }
}
