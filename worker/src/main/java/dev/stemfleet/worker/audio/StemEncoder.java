package dev.stemfleet.worker.audio;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import dev.stemfleet.common.domain.EncodedAudio;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.media.Ffmpeg;
import dev.stemfleet.common.media.NativeHandles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.jspecify.annotations.Nullable;

/// Encodes 44.1 kHz stereo float into a file, block by block.
///
/// Decoding the file gives exactly the samples' number, aligned with them: the encoder's priming
/// and padding are marked in the container. Memory is bounded (M4A keeps about 80 bytes per packet
/// of 1024 samples for its index: 37 MB for 3 hours). Confined to one thread at a time; the caller
/// closes, and deletes the file if [#finish] was not reached.
public final class StemEncoder implements AutoCloseable {
  private final NativeHandles handles = new NativeHandles();
  private final Path file;
  private final AVCodecContext encoder;
  private final CodingFrame gathering;
  private final AVPacket packet;
  private final SoundContainer container;
  private long samples;

  /// Starts a file, overwriting what lies there.
  ///
  /// @throws JobException OUTPUT_UNWRITABLE or DISK_FULL, naming the file
  public static StemEncoder open(Path file, SoundFormat format, AudioTags tags) {
    return new StemEncoder(file, format, format.encoderOptions(), tags);
  }

  /// As [#open], with other options of the encoder than the product ships: for benches, which find
  /// out what to ship.
  public static StemEncoder openWith(Map<String, String> options, Path file, SoundFormat format) {
    return new StemEncoder(file, format, options, AudioTags.NONE);
  }

  private StemEncoder(Path file, SoundFormat format, Map<String, String> options, AudioTags tags) {
    this.file = file;
    Ffmpeg.ready();
    try {
      encoder = openEncoder(format, options);
      gathering = new CodingFrame(encoder);
      handles.onClose(gathering::close);
      packet = handles.own(av_packet_alloc(), avcodec::av_packet_free);
      container = new SoundContainer(file, format, tags, coding(), encoder.time_base());
      handles.onClose(container::close);
    } catch (Throwable e) {
      handles.close();
      throw e;
    }
  }

  private AVCodecContext openEncoder(SoundFormat format, Map<String, String> coderOptions) {
    AVCodec codec = avcodec_find_encoder_by_name(format.encoder());
    AVCodecContext context =
        handles.own(avcodec_alloc_context3(codec), avcodec::avcodec_free_context);
    context.sample_rate(Sound.RATE_HZ).sample_fmt(format.sampleFormat());
    context.time_base(av_make_q(1, Sound.RATE_HZ));
    context.bit_rate(format.bitRate());
    context.bits_per_raw_sample(24);
    context.flags(context.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
    context.thread_count(1);
    av_channel_layout_default(context.ch_layout(), Sound.CHANNELS);
    try (AVDictionary options = new AVDictionary(null)) {
      coderOptions.forEach((key, value) -> Ffmpeg.put(options, key, value));
      int result = avcodec_open2(context, codec, options);
      av_dict_free(options);
      if (result < 0) {
        throw new IllegalStateException(
            "encoder " + format.encoder() + ": " + Ffmpeg.describe(result));
      }
    }
    return context;
  }

  private AVCodecParameters coding() {
    AVCodecParameters coding =
        handles.own(avcodec_parameters_alloc(), avcodec::avcodec_parameters_free);
    avcodec_parameters_from_context(coding, encoder);
    return coding;
  }

  /// Takes the first `count` samples of each array.
  ///
  /// @throws JobException SOUND_CHECK_FAILED for values that are no sound; DISK_FULL or
  ///   OUTPUT_UNWRITABLE
  public void write(float[] left, float[] right, int count) {
    requireSound(left, count);
    requireSound(right, count);
    int from = 0;
    while (from < count) {
      from += gathering.put(left, right, from, count - from);
      if (gathering.full()) {
        encode(gathering.take());
      }
    }
    samples += count;
  }

  /// Ends the file.
  ///
  /// @throws JobException as [#write] does
  public EncodedAudio finish() {
    if (!gathering.empty()) {
      encode(gathering.take());
    }
    encode(null);
    container.finish();
    try {
      return new EncodedAudio(
          file,
          Sound.RATE_HZ,
          encoder.initial_padding(),
          samples,
          Files.size(file),
          Sha256.ofFile(file));
    } catch (IOException e) {
      throw OutputFailure.of(file, e);
    }
  }

  private void encode(@Nullable AVFrame frame) {
    int result = avcodec_send_frame(encoder, frame);
    while (result >= 0) {
      result = avcodec_receive_packet(encoder, packet);
      if (result >= 0) {
        av_packet_rescale_ts(packet, encoder.time_base(), container.timeBase());
        container.write(packet);
      }
    }
    if (result != AVERROR_EAGAIN() && result != AVERROR_EOF) {
      throw new JobException(
          FailureCode.SOUND_CHECK_FAILED,
          file + ": the sound cannot be encoded: " + Ffmpeg.describe(result));
    }
  }

  private void requireSound(float[] values, int count) {
    float highest = 0;
    for (int i = 0; i < count; i++) {
      highest = Math.max(highest, Math.abs(values[i]));
    }
    if (!Float.isFinite(highest)) {
      throw noSound(values, count);
    }
  }

  private JobException noSound(float[] values, int count) {
    int first = 0;
    while (first < count && Float.isFinite(values[first])) {
      first++;
    }
    return new JobException(
        FailureCode.SOUND_CHECK_FAILED,
        file + ": sample " + (samples + first) + " is not a number or infinite");
  }

  @Override
  public void close() {
    handles.close();
  }
}
