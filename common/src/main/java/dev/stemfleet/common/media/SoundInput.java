package dev.stemfleet.common.media;

import static dev.stemfleet.common.failure.FailureCode.SOURCE_UNREACHABLE;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_DURATION_FROM_BITRATE;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AV_TIME_BASE;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import dev.stemfleet.common.failure.JobException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/// The sound of an open file, decoded frame by frame from its beginning.
///
/// Only the containers and codecs of [SoundLimits] are opened, and nothing but the file itself.
/// What the container says about encoder delay and padding (LAME header, edit list, Opus pre-skip)
/// is honoured: the frames hold the sound only. Confined to one thread at a time; the caller
/// closes.
public final class SoundInput implements AutoCloseable {
  private final NativeHandles handles = new NativeHandles();
  private final SoundSource source;
  private final AVFormatContext container;
  private final AVStream stream;
  private final AVCodecContext decoder;
  private final AVPacket packet;
  private final AVFrame frame;
  private final @Nullable EditListEnd editList;
  private boolean draining;
  private boolean damaged;
  private double decodedSeconds;

  /// Opens a local file.
  ///
  /// @throws JobException as [SoundFile#probe] does
  public static SoundInput open(Path file) {
    return new SoundInput(new SoundSource(file));
  }

  private SoundInput(SoundSource source) {
    this.source = source;
    source.requirePlausible();
    Ffmpeg.ready();
    try {
      container = openContainer();
      stream = soundStream();
      SoundLimits.requireFits(source, stream, declaredSeconds().orElse(0));
      decoder = openDecoder();
      packet = handles.own(av_packet_alloc(), avcodec::av_packet_free);
      frame = handles.own(av_frame_alloc(), avutil::av_frame_free);
      editList = EditListEnd.of(container, stream);
    } catch (Throwable e) {
      handles.close();
      throw e;
    }
  }

  private AVFormatContext openContainer() {
    AVFormatContext opened = handles.own(avformat_alloc_context(), avformat::avformat_close_input);
    try (AVDictionary options = new AVDictionary(null);
        BytePointer url = Ffmpeg.utf8(source.url())) {
      SoundLimits.apply(options);
      int error = avformat_open_input(opened, url, null, options);
      av_dict_free(options);
      if (error < 0) {
        throw InputFailure.opening(source, error);
      }
    }
    int error = avformat_find_stream_info(opened, (AVDictionary) null);
    if (error < 0) {
      throw InputFailure.opening(source, error);
    }
    return opened;
  }

  private AVStream soundStream() {
    int index = av_find_best_stream(container, AVMEDIA_TYPE_AUDIO, -1, -1, (AVCodec) null, 0);
    if (index < 0) {
      throw InputFailure.unreadable(source, "there is no sound in it");
    }
    for (int i = 0; i < container.nb_streams(); i++) {
      if (i != index) {
        container.streams(i).discard(avcodec.AVDISCARD_ALL);
      }
    }
    return container.streams(index);
  }

  private AVCodecContext openDecoder() {
    AVCodec codec = avcodec_find_decoder(stream.codecpar().codec_id());
    if (codec == null || codec.isNull()) {
      throw InputFailure.unreadable(source, "its sound is coded in a way that is not known here");
    }
    AVCodecContext context =
        handles.own(avcodec_alloc_context3(codec), avcodec::avcodec_free_context);
    avcodec_parameters_to_context(context, stream.codecpar());
    context.pkt_timebase(stream.time_base());
    context.thread_count(1);
    if (avcodec_open2(context, codec, (AVDictionary) null) < 0) {
      throw InputFailure.unreadable(source, "its sound cannot be decoded");
    }
    return context;
  }

  /// The next stretch of sound, or null at the end.
  ///
  /// @return owned by this object and valid until the next call; its format may change on the way
  /// @throws JobException SOURCE_UNREACHABLE if the storage fails
  public @Nullable AVFrame nextFrame() {
    while (true) {
      int result = avcodec_receive_frame(decoder, frame);
      if (result >= 0) {
        SoundLimits.requireFits(source, frame);
        damaged |= frame.decode_error_flags() != 0;
        decodedSeconds += (double) frame.nb_samples() / Math.max(1, frame.sample_rate());
        SoundLimits.requireShort(source, decodedSeconds);
        if (editList == null || editList.keep(frame)) {
          return frame;
        }
        continue;
      }
      if (result == AVERROR_EOF) {
        return null;
      }
      if (result != AVERROR_EAGAIN()) {
        damaged = true;
      }
      if (draining) {
        return null;
      }
      feed();
    }
  }

  private void feed() {
    int result = av_read_frame(container, packet);
    if (result < 0) {
      requireReadable();
      damaged |= result != AVERROR_EOF || endIsMissing();
      draining = true;
      avcodec_send_packet(decoder, null);
      return;
    }
    if (packet.stream_index() == stream.index()) {
      damaged |= (packet.flags() & avcodec.AV_PKT_FLAG_CORRUPT) != 0;
      if (editList != null) {
        editList.passed(packet);
      }
      damaged |= avcodec_send_packet(decoder, packet) < 0;
    }
    av_packet_unref(packet);
  }

  private boolean endIsMissing() {
    try {
      return container.iformat().name().getString().equals("ogg") && OggEnd.missing(source.file());
    } catch (IOException e) {
      throw new JobException(SOURCE_UNREACHABLE, source.name() + ": " + e.getMessage(), e);
    }
  }

  private void requireReadable() {
    int error = container.pb() == null ? 0 : container.pb().error();
    if (error < 0 && error != AVERROR_EOF) {
      throw InputFailure.reading(source, error);
    }
  }

  /// Whether something read until now could not be decoded.
  public boolean damaged() {
    return damaged;
  }

  /// The length that the container declares, in seconds; empty if it declares none.
  public OptionalDouble declaredSeconds() {
    if (stream.duration() > 0) {
      return OptionalDouble.of(stream.duration() * avutil.av_q2d(stream.time_base()));
    }
    return container.duration() > 0
        ? OptionalDouble.of(container.duration() / (double) AV_TIME_BASE)
        : OptionalDouble.empty();
  }

  /// Whether the declared length was only guessed from the file's size.
  public boolean lengthIsEstimated() {
    return container.duration_estimation_method() == AVFMT_DURATION_FROM_BITRATE;
  }

  /// How messages call the source.
  public String name() {
    return source.name();
  }

  SoundSource source() {
    return source;
  }

  AVFormatContext container() {
    return container;
  }

  AVStream stream() {
    return stream;
  }

  @Override
  public void close() {
    handles.close();
  }
}
