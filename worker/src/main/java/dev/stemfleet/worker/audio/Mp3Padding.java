package dev.stemfleet.worker.audio;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_SKIP_SAMPLES;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_get_side_data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.SizeTPointer;

/// The padding at the end of an MP3 file, added up over the packets on their way to the file.
///
/// LAME sometimes ends with a packet of nothing but padding after one that has some. FFmpeg's muxer
/// puts into the LAME header what the last packet says, and up to 46 samples too many would play.
/// The packets of such a file, read back, are split the same way.
final class Mp3Padding {
  /// FFmpeg's side data: samples to skip at the start, then at the end, 32 bits each.
  private static final int END_OFFSET = 4;

  private int padding;

  /// Makes the packet's padding that of all packets until now.
  void addUp(AVPacket packet) {
    try (SizeTPointer size = new SizeTPointer(1)) {
      BytePointer data = av_packet_get_side_data(packet, AV_PKT_DATA_SKIP_SAMPLES, size);
      if (data == null || data.isNull()) {
        return;
      }
      ByteBuffer skips = data.capacity(size.get()).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
      padding += skips.getInt(END_OFFSET);
      skips.putInt(END_OFFSET, padding);
    }
  }
}
