package dev.stemfleet.worker.render;

import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/// One run of FFmpeg's H.264 decoder, strict about errors. One thread; whoever made it closes it.
final class VideoDecoder implements AutoCloseable {
  private final AVCodecContext context;
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final AVFrame frame = avutil.av_frame_alloc();

  /// Takes decoded frames; they are valid during the call only.
  interface Frames {
    void take(Planes planes);
  }

  /// @param header the decoder configuration of the samples
  VideoDecoder(byte[] header) {
    var codec = avcodec.avcodec_find_decoder(avcodec.AV_CODEC_ID_H264);
    context = avcodec.avcodec_alloc_context3(codec);
    BytePointer extra =
        new BytePointer(avutil.av_mallocz(header.length + avcodec.AV_INPUT_BUFFER_PADDING_SIZE));
    extra.capacity(header.length).put(header);
    context.extradata(extra).extradata_size(header.length);
    context.thread_count(1);
    context.err_recognition(avcodec.AV_EF_EXPLODE | avcodec.AV_EF_CAREFUL);
    int opened =
        avcodec.avcodec_open2(context, codec, (org.bytedeco.ffmpeg.avutil.AVDictionary) null);
    if (opened < 0) {
      close();
    }
    CodecCalls.check(opened, "open the video decoder");
  }

  /// @throws dev.stemfleet.common.failure.JobException if the sample has an error
  void decode(byte[] sample, Frames frames) {
    CodecCalls.check(avcodec.av_new_packet(packet, sample.length), "allocate a packet");
    packet.data().put(sample);
    int sent = avcodec.avcodec_send_packet(context, packet);
    avcodec.av_packet_unref(packet);
    CodecCalls.check(sent, "decode a picture");
    drain(frames);
  }

  void finish(Frames frames) {
    CodecCalls.check(avcodec.avcodec_send_packet(context, null), "end the decoding");
    drain(frames);
  }

  private void drain(Frames frames) {
    while (true) {
      int result = avcodec.avcodec_receive_frame(context, frame);
      if (result == avutil.AVERROR_EAGAIN() || result == avutil.AVERROR_EOF) {
        return;
      }
      CodecCalls.check(result, "decode a picture");
      frames.take(new Planes(frame));
      avutil.av_frame_unref(frame);
    }
  }

  @Override
  public void close() {
    avutil.av_frame_free(frame);
    avcodec.av_packet_free(packet);
    avcodec.avcodec_free_context(context);
  }

  /// The pixels of a decoded 4:2:0 frame in native memory.
  record Planes(AVFrame frame) {
    private static final int COUNT = 3;

    /// Whether the pixels are those that [#packed] gave.
    boolean equal(byte[] packed) {
      ByteBuffer expected = ByteBuffer.wrap(packed);
      int at = 0;
      for (int plane = 0; plane < COUNT; plane++) {
        ByteBuffer pixels = pixels(plane);
        int width = width(plane);
        for (int y = 0; y < height(plane); y++) {
          ByteBuffer row = pixels.slice(y * frame.linesize(plane), width);
          if (!row.equals(expected.slice(at, width))) {
            return false;
          }
          at += width;
        }
      }
      return at == packed.length;
    }

    /// Luma, Cb and Cr rows without padding, one after the other.
    byte[] packed() {
      byte[] packed = new byte[frame.width() * frame.height() * 3 / 2];
      int at = 0;
      for (int plane = 0; plane < COUNT; plane++) {
        ByteBuffer pixels = pixels(plane);
        for (int y = 0; y < height(plane); y++) {
          pixels.get(y * frame.linesize(plane), packed, at, width(plane));
          at += width(plane);
        }
      }
      return packed;
    }

    private int width(int plane) {
      return plane == 0 ? frame.width() : frame.width() / 2;
    }

    private int height(int plane) {
      return plane == 0 ? frame.height() : frame.height() / 2;
    }

    private ByteBuffer pixels(int plane) {
      return frame
          .data(plane)
          .capacity((long) frame.linesize(plane) * height(plane))
          .asByteBuffer();
    }
  }
}
