package dev.stemfleet.common.media;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.AV_TIME_BASE;
import static org.bytedeco.ffmpeg.global.avutil.av_q2d;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.javacpp.BytePointer;

/// The pictures of a short video file, decoded one by one. Confined to one thread at a time; the
/// caller closes.
///
/// Only a few containers and codecs are opened, and local files only: the file was made by a
/// stranger.
final class LoopInput implements AutoCloseable {
  private static final String CONTAINERS = "mov,matroska,gif";
  private static final String CODECS = "h264,hevc,vp8,vp9,mpeg4,mjpeg,prores,qtrle,png,gif";

  /// A little more than the limit that people are told: exports are seldom exact.
  private static final double TOO_LONG_SECONDS = LoopFile.LONGEST_SECONDS + 0.1;

  /// Containers round the lengths that they declare.
  private static final double CUT_OFF_SECONDS = 0.5;

  private final NativeHandles handles = new NativeHandles();
  private final String name;
  private final AVFormatContext container;
  private final AVStream stream;
  private final AVCodecContext decoder;
  private final AVPacket packet;
  private boolean draining;
  private double origin = Double.NaN;
  private double end;

  /// @param name for messages
  /// @throws dev.stemfleet.common.failure.JobException `ASSET_UNREADABLE` if it cannot be a
  ///   background
  LoopInput(Path file, String name) {
    this.name = name;
    Ffmpeg.ready();
    try {
      container = openContainer(file);
      stream = pictures();
      requireFits();
      decoder = openDecoder();
      packet = handles.own(avcodec.av_packet_alloc(), avcodec::av_packet_free);
    } catch (Throwable e) {
      handles.close();
      throw e;
    }
  }

  private AVFormatContext openContainer(Path file) {
    AVFormatContext opened =
        handles.own(avformat.avformat_alloc_context(), avformat::avformat_close_input);
    try (AVDictionary options = new AVDictionary(null);
        BytePointer url = Ffmpeg.utf8("file:" + file.toAbsolutePath())) {
      Ffmpeg.put(options, "format_whitelist", CONTAINERS);
      Ffmpeg.put(options, "codec_whitelist", CODECS);
      Ffmpeg.put(options, "protocol_whitelist", "file");
      Ffmpeg.put(options, "max_streams", SoundLimits.MOST_STREAMS);
      int error = avformat.avformat_open_input(opened, url, null, options);
      org.bytedeco.ffmpeg.global.avutil.av_dict_free(options);
      if (error < 0 || avformat.avformat_find_stream_info(opened, (AVDictionary) null) < 0) {
        throw LoopFailure.unreadable(name, "no video that can be read");
      }
    }
    return opened;
  }

  private AVStream pictures() {
    int index =
        avformat.av_find_best_stream(container, AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
    if (index < 0) {
      throw LoopFailure.unreadable(name, "there are no pictures in it that can be decoded");
    }
    for (int i = 0; i < container.nb_streams(); i++) {
      if (i != index) {
        container.streams(i).discard(avcodec.AVDISCARD_ALL);
      }
    }
    return container.streams(index);
  }

  private void requireFits() {
    int width = stream.codecpar().width();
    int height = stream.codecpar().height();
    if (width <= 0 || height <= 0 || (long) width * height > LoopFile.LARGEST_PIXELS) {
      throw LoopFailure.unreadable(
          name, "%dx%d pixels; a video background has at most 4096x2304".formatted(width, height));
    }
    if (LoopRotation.isTurned(stream)) {
      throw LoopFailure.unreadable(
          name, "its pictures lie on their side and are only marked as turned: save it upright");
    }
    if (declaredSeconds() > TOO_LONG_SECONDS) {
      throw tooLong("%.1f s long".formatted(declaredSeconds()));
    }
  }

  private RuntimeException tooLong(String length) {
    return LoopFailure.unreadable(
        name, length + "; a video background lasts at most " + LoopFile.LONGEST_SECONDS + " s");
  }

  private AVCodecContext openDecoder() {
    AVCodec codec = avcodec.avcodec_find_decoder(stream.codecpar().codec_id());
    if (codec == null || codec.isNull()) {
      throw LoopFailure.unreadable(name, "its pictures are coded in a way that is not known here");
    }
    AVCodecContext context =
        handles.own(avcodec.avcodec_alloc_context3(codec), avcodec::avcodec_free_context);
    avcodec.avcodec_parameters_to_context(context, stream.codecpar());
    context.pkt_timebase(stream.time_base());
    context.thread_count(1);
    // A picture may be larger than its container said.
    context.max_pixels(LoopFile.LARGEST_PIXELS);
    if (avcodec.avcodec_open2(context, codec, (AVDictionary) null) < 0) {
      throw LoopFailure.unreadable(name, "its pictures cannot be decoded");
    }
    return context;
  }

  /// Decodes the next picture.
  ///
  /// @param frame takes it over from what it held before
  /// @return false at the end
  /// @throws dev.stemfleet.common.failure.JobException `ASSET_UNREADABLE` if it is damaged, cut off
  ///   or too long
  boolean next(AVFrame frame) {
    while (true) {
      int result = avcodec_receive_frame(decoder, frame);
      if (result >= 0) {
        accept(frame);
        return true;
      }
      if (result == AVERROR_EOF) {
        requireWhole();
        return false;
      }
      if (result != AVERROR_EAGAIN() || draining) {
        throw LoopFailure.damaged(name);
      }
      feed();
    }
  }

  private void accept(AVFrame frame) {
    if (frame.decode_error_flags() != 0) {
      throw LoopFailure.damaged(name);
    }
    if (frame.best_effort_timestamp() == AV_NOPTS_VALUE) {
      // A picture without a time follows the one before.
      double time = Double.isNaN(origin) ? 0 : origin + end;
      frame.best_effort_timestamp(Math.round(time / av_q2d(stream.time_base())));
    }
    if (Double.isNaN(origin)) {
      origin = stamp(frame);
    }
    end = seconds(frame) + length(frame);
    if (end > TOO_LONG_SECONDS) {
      throw tooLong("longer than " + LoopFile.LONGEST_SECONDS + " s");
    }
  }

  private void feed() {
    int result = av_read_frame(container, packet);
    if (result < 0) {
      if (result != AVERROR_EOF) {
        throw LoopFailure.damaged(name);
      }
      draining = true;
      avcodec_send_packet(decoder, null);
      return;
    }
    boolean ours = packet.stream_index() == stream.index();
    boolean corrupt = (packet.flags() & avcodec.AV_PKT_FLAG_CORRUPT) != 0;
    int sent = ours ? avcodec_send_packet(decoder, packet) : 0;
    avcodec.av_packet_unref(packet);
    if (ours && (corrupt || sent < 0)) {
      throw LoopFailure.damaged(name);
    }
  }

  private void requireWhole() {
    if (end < declaredSeconds() - Math.max(CUT_OFF_SECONDS, 2 * usualLength())) {
      throw LoopFailure.unreadable(
          name, "cut off: %.1f s of %.1f s are there".formatted(end, declaredSeconds()));
    }
  }

  /// When a picture is shown, counted from the first one.
  double seconds(AVFrame frame) {
    return stamp(frame) - origin;
  }

  /// Where the pictures decoded until now end.
  double end() {
    return end;
  }

  private double stamp(AVFrame frame) {
    return frame.best_effort_timestamp() * av_q2d(stream.time_base());
  }

  private double length(AVFrame frame) {
    return frame.duration() > 0 ? frame.duration() * av_q2d(stream.time_base()) : usualLength();
  }

  private double usualLength() {
    AVRational rate = stream.avg_frame_rate();
    return rate.num() > 0 && rate.den() > 0 ? 1 / av_q2d(rate) : 1.0 / 25;
  }

  private double declaredSeconds() {
    return stream.duration() > 0
        ? stream.duration() * av_q2d(stream.time_base())
        : Math.max(0, container.duration() / (double) AV_TIME_BASE);
  }

  String name() {
    return name;
  }

  @Override
  public void close() {
    handles.close();
  }
}
