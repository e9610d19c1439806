package dev.stemfleet.worker.audio;

import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;

import dev.stemfleet.common.media.Cover;
import dev.stemfleet.common.media.NativeHandles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.jspecify.annotations.Nullable;

/// A cover in a sound file being written: FFmpeg takes it as a video stream of one picture.
final class CoverStream {
  private final int index;
  private final byte[] bytes;

  private CoverStream(int index, byte[] bytes) {
    this.index = index;
    this.bytes = bytes;
  }

  /// Adds the stream; to be called before the header is written.
  ///
  /// @return null if there is no cover or its size cannot be read from it
  static @Nullable CoverStream add(AVFormatContext context, @Nullable Cover cover) {
    int codec = cover == null ? avcodec.AV_CODEC_ID_NONE : codec(cover);
    if (cover == null || codec == avcodec.AV_CODEC_ID_NONE) {
      return null;
    }
    try (ImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(cover.bytes()))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        return null;
      }
      ImageReader reader = readers.next();
      reader.setInput(in);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      reader.dispose();
      AVStream stream = avformat_new_stream(context, (AVCodec) null);
      stream.disposition(AV_DISPOSITION_ATTACHED_PIC);
      stream.codecpar().codec_type(AVMEDIA_TYPE_VIDEO).codec_id(codec);
      stream.codecpar().width(width).height(height);
      return new CoverStream(stream.index(), cover.bytes());
    } catch (IOException e) {
      return null;
    }
  }

  private static int codec(Cover cover) {
    return switch (cover.mediaType()) {
      case "image/jpeg" -> avcodec.AV_CODEC_ID_MJPEG;
      case "image/png" -> avcodec.AV_CODEC_ID_PNG;
      default -> avcodec.AV_CODEC_ID_NONE;
    };
  }

  /// Writes the picture; to be called before the first sound.
  ///
  /// @return FFmpeg's result, negative for an error
  int write(AVFormatContext context) {
    try (NativeHandles handles = new NativeHandles()) {
      AVPacket packet = handles.own(av_packet_alloc(), avcodec::av_packet_free);
      int result = av_new_packet(packet, bytes.length);
      if (result < 0) {
        return result;
      }
      packet.data().put(bytes);
      packet.stream_index(index).flags(avcodec.AV_PKT_FLAG_KEY).pts(0).dts(0);
      return av_interleaved_write_frame(context, packet);
    }
  }
}
