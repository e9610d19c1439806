package dev.stemfleet.worker.audio;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;

import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.media.Ffmpeg;
import dev.stemfleet.common.media.NativeHandles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;

/// An audio product with its tags and cover, made from the untagged file that lies in a store. A
/// value.
///
/// Nothing is encoded again: the copy decodes to the same samples, from the first to the last.
///
/// @param bytes size of the file
/// @param sha256 64 lower-case hex digits of the file
public record TaggedCopy(long bytes, String sha256) {

  /// Copies a file that [StemEncoder] wrote with [AudioTags#NONE]. Blocks while it reads and writes
  /// the whole file, in bounded memory; any platform thread may call.
  ///
  /// @param from left as it is; tags that lie in it are not taken over
  /// @param format the one `from` was encoded in: [SoundFormat#MP3], [SoundFormat#FLAC] or
  ///   [SoundFormat#WAV]
  /// @param tags what the format has no place for is left out, and so is a cover that is no JPEG or
  ///   PNG picture
  /// @param to another file, overwritten; after a failure the caller deletes what is there
  /// @throws dev.stemfleet.common.failure.JobException OUTPUT_UNWRITABLE or DISK_FULL, naming the
  ///   file
  /// @throws IllegalArgumentException for another format
  public static TaggedCopy write(Path from, SoundFormat format, AudioTags tags, Path to) {
    switch (format) {
      case MP3, FLAC, WAV -> copyPackets(from, format, tags, to);
      case AAC -> throw new IllegalArgumentException(format + " is no audio product");
    }
    try {
      return new TaggedCopy(Files.size(to), Sha256.ofFile(to));
    } catch (IOException e) {
      throw OutputFailure.of(to, e);
    }
  }

  private static void copyPackets(Path from, SoundFormat format, AudioTags tags, Path to) {
    Ffmpeg.ready();
    try (NativeHandles handles = new NativeHandles();
        CodedSound sound = new CodedSound(from, format);
        SoundContainer container =
            new SoundContainer(to, format, tags, sound.coding(), sound.timeBase())) {
      AVPacket packet = handles.own(av_packet_alloc(), avcodec::av_packet_free);
      while (sound.next(packet)) {
        av_packet_rescale_ts(packet, sound.timeBase(), container.timeBase());
        container.write(packet);
      }
      container.finish();
    }
  }
}
