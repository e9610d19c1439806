package dev.stemfleet.worker.audio;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.media.Ffmpeg;
import dev.stemfleet.common.media.NativeHandles;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.jspecify.annotations.Nullable;

/// One encoder of FFmpeg, for 44.1 kHz stereo. Confined to one thread at a time; the caller closes.
final class SingleCoder implements PacketCoder {
  private final NativeHandles handles = new NativeHandles();
  private final Path file;
  private final AVCodecContext context;
  private final AVPacket packet;

  /// @param file named by failures
  /// @param options of the encoder, beside the bit rate
  SingleCoder(Path file, SoundFormat format, Map<String, String> options) {
    this.file = file;
    try {
      context = open(format, options);
      packet = handles.own(av_packet_alloc(), avcodec::av_packet_free);
    } catch (Throwable e) {
      handles.close();
      throw e;
    }
  }

  private AVCodecContext open(SoundFormat format, Map<String, String> coderOptions) {
    AVCodec codec = avcodec_find_encoder_by_name(format.encoder());
    AVCodecContext opened =
        handles.own(avcodec_alloc_context3(codec), avcodec::avcodec_free_context);
    opened.sample_rate(Sound.RATE_HZ).sample_fmt(format.sampleFormat());
    opened.time_base(av_make_q(1, Sound.RATE_HZ));
    opened.bit_rate(format.bitRate());
    opened.bits_per_raw_sample(24);
    opened.flags(opened.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
    opened.thread_count(1);
    av_channel_layout_default(opened.ch_layout(), Sound.CHANNELS);
    try (AVDictionary options = new AVDictionary(null)) {
      coderOptions.forEach((key, value) -> Ffmpeg.put(options, key, value));
      int result = avcodec_open2(opened, codec, options);
      av_dict_free(options);
      if (result < 0) {
        throw new IllegalStateException(
            "encoder " + format.encoder() + ": " + Ffmpeg.describe(result));
      }
    }
    return opened;
  }

  @Override
  public AVCodecContext context() {
    return context;
  }

  @Override
  public void code(@Nullable AVFrame frame, Consumer<AVPacket> packets) {
    int result = avcodec_send_frame(context, frame);
    while (result >= 0) {
      result = avcodec_receive_packet(context, packet);
      if (result >= 0) {
        packets.accept(packet);
      }
    }
    if (result != AVERROR_EAGAIN() && result != AVERROR_EOF) {
      throw new JobException(
          FailureCode.SOUND_CHECK_FAILED,
          file + ": the sound cannot be encoded: " + Ffmpeg.describe(result));
    }
  }

  @Override
  public void close() {
    handles.close();
  }
}
