package dev.stemfleet.worker.audio;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MP3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;

import dev.stemfleet.common.media.Ffmpeg;
import dev.stemfleet.common.media.NativeHandles;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.javacpp.BytePointer;

/// A sound file being written: container, tags and cover around coded packets. Confined to one
/// thread at a time; the caller closes.
///
/// All of it throws a [dev.stemfleet.common.failure.JobException] with DISK_FULL or
/// OUTPUT_UNWRITABLE, naming the file.
final class SoundContainer implements AutoCloseable {
  private final NativeHandles handles = new NativeHandles();
  private final Mp3Padding padding = new Mp3Padding();
  private final Path file;
  private final AVFormatContext context;
  private final AVStream stream;
  private final AVIOContext output;

  /// Opens the file and writes what comes before the sound.
  ///
  /// @param coding of the sound; copied
  /// @param timeBase in what the packets' timestamps should count; the container has the last word,
  ///   see [#timeBase]
  SoundContainer(
      Path file,
      SoundFormat format,
      AudioTags tags,
      AVCodecParameters coding,
      AVRational timeBase) {
    this.file = file;
    try {
      context = allocate(format);
      stream = avformat_new_stream(context, (AVCodec) null);
      avcodec_parameters_copy(stream.codecpar(), coding);
      stream.time_base(timeBase);
      CoverStream cover = format.takesCover() ? CoverStream.add(context, tags.cover()) : null;
      output = openOutput();
      context.pb(output);
      context.metadata(dictionary(tags.named(format)));
      writeHeader(format);
      if (cover != null) {
        OutputFailure.check(file, cover.write(context));
      }
    } catch (Throwable e) {
      handles.close();
      throw e;
    }
  }

  private AVFormatContext allocate(SoundFormat format) {
    AVFormatContext allocated = new AVFormatContext(null);
    avformat_alloc_output_context2(
        allocated, (AVOutputFormat) null, format.container(), (String) null);
    return handles.own(allocated, avformat::avformat_free_context);
  }

  private AVIOContext openOutput() {
    AVIOContext opened = new AVIOContext(null);
    try (BytePointer url = Ffmpeg.utf8("file:" + file.toAbsolutePath())) {
      OutputFailure.check(file, avio_open(opened, url, AVIO_FLAG_WRITE));
    }
    return handles.own(opened, avformat::avio_closep);
  }

  private void writeHeader(SoundFormat format) {
    try (AVDictionary options = dictionary(format.containerOptions())) {
      int result = avformat_write_header(context, options);
      av_dict_free(options);
      OutputFailure.check(file, result);
    }
  }

  private static AVDictionary dictionary(Map<String, String> entries) {
    AVDictionary dictionary = new AVDictionary(null);
    entries.forEach((key, value) -> Ffmpeg.put(dictionary, key, value));
    return dictionary;
  }

  /// In what the packets' timestamps must count.
  AVRational timeBase() {
    return stream.time_base();
  }

  /// Takes the packet's contents.
  void write(AVPacket packet) {
    packet.stream_index(stream.index());
    if (stream.codecpar().codec_id() == AV_CODEC_ID_MP3) {
      padding.addUp(packet);
    }
    OutputFailure.check(file, av_interleaved_write_frame(context, packet));
  }

  /// Writes what comes after the sound and closes the file.
  void finish() {
    OutputFailure.check(file, av_write_trailer(context));
    OutputFailure.check(file, avio_closep(output));
  }

  @Override
  public void close() {
    handles.close();
  }
}
