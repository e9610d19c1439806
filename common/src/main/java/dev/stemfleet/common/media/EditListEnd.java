package dev.stemfleet.common.media;

import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale_q;

import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/// Cuts the encoder's padding off the end of sound in MP4 and its kin.
///
/// FFmpeg skips what the edit list leaves out at the beginning, but decodes the last packet whole,
/// although its duration and the edit list say where the sound ends. Confined to one thread.
final class EditListEnd {
  private final AVStream stream;
  private long end = Long.MIN_VALUE;

  private EditListEnd(AVStream stream) {
    this.stream = stream;
  }

  /// @return null for containers that need no such help
  static @Nullable EditListEnd of(AVFormatContext container, AVStream stream) {
    boolean mp4 = container.iformat().name().getString().startsWith("mov,");
    return mp4 ? new EditListEnd(stream) : null;
  }

  /// Takes note of a packet that goes to the decoder.
  void passed(AVPacket packet) {
    if (packet.pts() != AV_NOPTS_VALUE && packet.duration() > 0) {
      end = Math.max(end, packet.pts() + packet.duration());
    }
  }

  /// Shortens a decoded frame that reaches past the end.
  ///
  /// @return false if nothing of it is left
  boolean keep(AVFrame frame) {
    if (frame.pts() == AV_NOPTS_VALUE || end == Long.MIN_VALUE) {
      return true;
    }
    long left = Math.min(end, editedEnd()) - frame.pts();
    long samples = av_rescale_q(left, stream.time_base(), av_make_q(1, frame.sample_rate()));
    if (samples < frame.nb_samples()) {
      frame.nb_samples((int) Math.max(0, samples));
    }
    return frame.nb_samples() > 0;
  }

  private long editedEnd() {
    long start = stream.start_time() == AV_NOPTS_VALUE ? 0 : stream.start_time();
    return stream.duration() > 0 ? start + stream.duration() : Long.MAX_VALUE;
  }
}
