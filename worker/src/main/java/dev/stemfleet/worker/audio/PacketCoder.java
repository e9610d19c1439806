package dev.stemfleet.worker.audio;

import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/// Makes packets of frames. Confined to one thread at a time; the caller closes.
interface PacketCoder extends AutoCloseable {
  /// Describes the packets, for the container; owned by this object.
  AVCodecContext context();

  /// Takes the next frame, whose samples it may go on reading, and hands on the packets that are
  /// ready by now, each valid during the call only.
  ///
  /// @param frame null after the last one
  /// @throws dev.stemfleet.common.failure.JobException SOUND_CHECK_FAILED for sound that cannot be
  ///   encoded, and whatever the consumer throws
  void code(@Nullable AVFrame frame, Consumer<AVPacket> packets);

  @Override
  void close();
}
