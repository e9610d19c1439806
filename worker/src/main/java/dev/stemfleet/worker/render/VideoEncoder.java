package dev.stemfleet.worker.render;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.media.Ffmpeg;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/// One run of an FFmpeg H.264 encoder: pictures in, MP4 samples out. One thread; whoever made it
/// closes it.
final class VideoEncoder implements AutoCloseable {
  private final AVCodecContext context;
  private final AVFrame frame;
  private final AVPacket packet;
  private final List<byte[]> samples = new ArrayList<>();
  private long codedBytes;
  private long next;

  private VideoEncoder(AVCodecContext context, AVFrame frame, AVPacket packet) {
    this.context = context;
    this.frame = frame;
    this.packet = packet;
  }

  /// @throws JobException `INTERNAL` if the encoder refuses the settings
  static VideoEncoder open(CoderSettings settings) {
    AVCodec codec = avcodec.avcodec_find_encoder_by_name(settings.coder().key());
    VideoEncoder encoder =
        new VideoEncoder(
            avcodec.avcodec_alloc_context3(codec),
            avutil.av_frame_alloc(),
            avcodec.av_packet_alloc());
    try {
      encoder.configure(settings);
      encoder.openCodec(codec, settings.options());
      encoder.allocateFrame();
      return encoder;
    } catch (RuntimeException e) {
      encoder.close();
      throw e;
    }
  }

  /// Encodes one group: the picture `frames` times.
  static CodedGroup group(CoderSettings settings, Yuv420 picture, int frames) {
    try (VideoEncoder encoder = open(settings)) {
      encoder.show(picture);
      for (int i = 0; i < frames; i++) {
        encoder.encode();
      }
      return new CodedGroup(encoder.header(), encoder.finish());
    }
  }

  private void configure(CoderSettings settings) {
    context.width(settings.width());
    context.height(settings.height());
    context.pix_fmt(avutil.AV_PIX_FMT_YUV420P);
    context.time_base(avutil.av_make_q(1, settings.framesPerSecond()));
    context.framerate(avutil.av_make_q(settings.framesPerSecond(), 1));
    context.gop_size(settings.groupLength());
    context.max_b_frames(0);
    context.thread_count(1);
    context.color_range(avutil.AVCOL_RANGE_MPEG);
    context.colorspace(avutil.AVCOL_SPC_BT709);
    context.color_primaries(avutil.AVCOL_PRI_BT709);
    context.color_trc(avutil.AVCOL_TRC_BT709);
    context.chroma_sample_location(avutil.AVCHROMA_LOC_LEFT);
    context.flags(
        context.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER | avcodec.AV_CODEC_FLAG_BITEXACT);
  }

  private void openCodec(AVCodec codec, Map<String, String> options) {
    AVDictionary dictionary = new AVDictionary(null);
    try {
      options.forEach((name, value) -> Ffmpeg.put(dictionary, name, value));
      CodecCalls.check(avcodec.avcodec_open2(context, codec, dictionary), "open the video encoder");
      if (avutil.av_dict_count(dictionary) > 0) {
        throw new JobException(
            FailureCode.INTERNAL, "the video encoder does not know all of " + options);
      }
    } finally {
      avutil.av_dict_free(dictionary);
    }
  }

  private void allocateFrame() {
    frame.format(context.pix_fmt());
    frame.width(context.width());
    frame.height(context.height());
    frame.color_range(avutil.AVCOL_RANGE_MPEG);
    CodecCalls.check(avutil.av_frame_get_buffer(frame, 0), "allocate a frame");
  }

  /// Takes the picture that the next frames show.
  void show(Yuv420 picture) {
    CodecCalls.check(avutil.av_frame_make_writable(frame), "reuse a frame");
    fill(0, picture.luma(), picture.width());
    fill(1, picture.blue(), picture.width() / 2);
    fill(2, picture.red(), picture.width() / 2);
  }

  void encode() {
    frame.pts(next++);
    CodecCalls.check(avcodec.avcodec_send_frame(context, frame), "encode a picture");
    drain();
  }

  /// All samples, each a coded picture; ends the run.
  List<byte[]> finish() {
    CodecCalls.check(avcodec.avcodec_send_frame(context, (AVFrame) null), "end the encoding");
    drain();
    return List.copyOf(samples);
  }

  /// Bytes of all samples until now.
  long codedBytes() {
    return codedBytes;
  }

  /// The decoder configuration that the samples need.
  byte[] header() {
    byte[] extra = new byte[context.extradata_size()];
    context.extradata().get(extra);
    return NalUnits.decoderConfiguration(extra);
  }

  private void fill(int plane, byte[] from, int width) {
    int stride = frame.linesize(plane);
    BytePointer to = frame.data(plane);
    int rows = from.length / width;
    for (int y = 0; y < rows; y++) {
      to.position((long) y * stride).put(from, y * width, width);
    }
  }

  private void drain() {
    while (true) {
      int result = avcodec.avcodec_receive_packet(context, packet);
      if (result == avutil.AVERROR_EAGAIN() || result == avutil.AVERROR_EOF) {
        return;
      }
      CodecCalls.check(result, "encode a picture");
      byte[] bytes = new byte[packet.size()];
      packet.data().get(bytes);
      samples.add(NalUnits.sample(bytes));
      codedBytes += bytes.length;
      avcodec.av_packet_unref(packet);
    }
  }

  @Override
  public void close() {
    avcodec.av_packet_free(packet);
    avutil.av_frame_free(frame);
    avcodec.avcodec_free_context(context);
  }
}
