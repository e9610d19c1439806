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
import java.util.Locale;
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
  /// FLAC counts a picture block's length in 24 bits; some of them are the block's own fields.
  private static final int MOST_BYTES = (1 << 24) - (1 << 10);

  private final int index;
  private final byte[] bytes;

  private CoverStream(int index, byte[] bytes) {
    this.index = index;
    this.bytes = bytes;
  }

  /// Adds the stream; to be called before the header is written.
  ///
  /// @return null if there is no cover, or none that a sound file can hold
  static @Nullable CoverStream add(AVFormatContext context, @Nullable Cover cover) {
    Picture picture = cover == null ? null : Picture.read(cover.bytes());
    if (cover == null || picture == null) {
      return null;
    }
    AVStream stream = avformat_new_stream(context, (AVCodec) null);
    stream.disposition(AV_DISPOSITION_ATTACHED_PIC);
    stream.codecpar().codec_type(AVMEDIA_TYPE_VIDEO).codec_id(picture.codec);
    stream.codecpar().width(picture.width).height(picture.height);
    return new CoverStream(stream.index(), cover.bytes());
  }

  /// What a picture's bytes say it is: media types in tags are often wrong.
  private record Picture(int codec, int width, int height) {
    static @Nullable Picture read(byte[] bytes) {
      if (bytes.length > MOST_BYTES) {
        return null;
      }
      try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
        Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
        if (!readers.hasNext()) {
          return null;
        }
        ImageReader reader = readers.next();
        try {
          reader.setInput(in);
          int codec = codec(reader.getFormatName());
          return codec == avcodec.AV_CODEC_ID_NONE
              ? null
              : new Picture(codec, reader.getWidth(0), reader.getHeight(0));
        } finally {
          reader.dispose();
        }
      } catch (IOException | RuntimeException e) {
        // Readers meet damaged pictures with exceptions of any kind.
        return null;
      }
    }

    private static int codec(String format) {
      return switch (format.toUpperCase(Locale.ROOT)) {
        case "JPEG" -> avcodec.AV_CODEC_ID_MJPEG;
        case "PNG" -> avcodec.AV_CODEC_ID_PNG;
        default -> avcodec.AV_CODEC_ID_NONE;
      };
    }
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
