package dev.stemfleet.worker.audio;

import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_find_input_format;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;

import dev.stemfleet.common.media.Ffmpeg;
import dev.stemfleet.common.media.NativeHandles;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.javacpp.BytePointer;

/// The packets of a file that [StemEncoder] wrote, as they lie in it, not decoded. Confined to one
/// thread at a time; the caller closes.
///
/// The file is the worker's own: where it cannot be read, a
/// [dev.stemfleet.common.failure.JobException] with OUTPUT_UNWRITABLE names it.
final class CodedSound implements AutoCloseable {
  private final NativeHandles handles = new NativeHandles();
  private final Path file;
  private final AVFormatContext container;
  private final AVStream stream;

  CodedSound(Path file, SoundFormat format) {
    this.file = file;
    try {
      container = open(format);
      OutputFailure.check(file, avformat_find_stream_info(container, (AVDictionary) null));
      int index = av_find_best_stream(container, AVMEDIA_TYPE_AUDIO, -1, -1, (AVCodec) null, 0);
      OutputFailure.check(file, index);
      stream = container.streams(index);
    } catch (Throwable e) {
      handles.close();
      throw e;
    }
  }

  private AVFormatContext open(SoundFormat format) {
    AVFormatContext opened = handles.own(avformat_alloc_context(), avformat::avformat_close_input);
    try (BytePointer url = Ffmpeg.utf8("file:" + file.toAbsolutePath())) {
      OutputFailure.check(
          file, avformat_open_input(opened, url, av_find_input_format(format.container()), null));
    }
    return opened;
  }

  /// How the sound is coded; owned by this object.
  AVCodecParameters coding() {
    return stream.codecpar();
  }

  /// In what the packets' timestamps count.
  AVRational timeBase() {
    return stream.time_base();
  }

  /// Puts the next packet of the sound into an empty one.
  ///
  /// @return false at the end
  boolean next(AVPacket packet) {
    int result = av_read_frame(container, packet);
    if (result == AVERROR_EOF) {
      // FFmpeg also calls it the end when the disk failed.
      OutputFailure.check(file, container.pb().error());
      return false;
    }
    OutputFailure.check(file, result);
    return true;
  }

  @Override
  public void close() {
    handles.close();
  }
}
