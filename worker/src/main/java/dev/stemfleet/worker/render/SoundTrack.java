package dev.stemfleet.worker.render;

import dev.stemfleet.common.domain.EncodedAudio;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.media.Ffmpeg;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/// Where the coded packets of an M4A file lie, and what a player must know to decode them.
/// Immutable once made.
final class SoundTrack {
  /// Samples per channel in an AAC-LC packet.
  static final int PACKET_SAMPLES = 1024;

  private final EncodedAudio audio;
  private final byte[] configuration;
  private final int channels;
  private final long[] positions;
  private final int[] sizes;

  private SoundTrack(
      EncodedAudio audio, byte[] configuration, int channels, long[] positions, int[] sizes) {
    this.audio = audio;
    this.configuration = configuration;
    this.channels = channels;
    this.positions = positions;
    this.sizes = sizes;
  }

  /// Reads the file's index, not its sound. Packets after the last sample of the source are left
  /// out.
  ///
  /// @throws JobException `SOURCE_UNREACHABLE` if it cannot be read, `INTERNAL` if it is not what
  ///   `audio` says
  static SoundTrack open(EncodedAudio audio) {
    AVFormatContext context = new AVFormatContext(null);
    AVDictionary options = new AVDictionary(null);
    try {
      // The edit list would hide the priming packets, which are copied too.
      Ffmpeg.put(options, "ignore_editlist", "1");
      int opened = open(context, audio, options);
      if (opened < 0) {
        throw new JobException(
            FailureCode.SOURCE_UNREACHABLE,
            "cannot read the encoded sound " + audio.file() + ": " + Ffmpeg.describe(opened));
      }
      return read(audio, context);
    } finally {
      avutil.av_dict_free(options);
      avformat.avformat_close_input(context);
    }
  }

  private static int open(AVFormatContext context, EncodedAudio audio, AVDictionary options) {
    try (BytePointer path = Ffmpeg.utf8(audio.file().toString())) {
      return avformat.avformat_open_input(context, path, null, options);
    }
  }

  private static SoundTrack read(EncodedAudio audio, AVFormatContext context) {
    AVStream stream = context.nb_streams() == 1 ? context.streams(0) : null;
    if (stream == null
        || stream.codecpar().codec_id() != avcodec.AV_CODEC_ID_AAC
        || stream.codecpar().sample_rate() != audio.sampleRateHz()) {
      throw new JobException(
          FailureCode.INTERNAL,
          audio.file() + " is not AAC alone with " + audio.sampleRateHz() + " Hz");
    }
    long media = audio.primingSamples() + audio.samples();
    int packets = Math.toIntExact(Math.ceilDiv(media, PACKET_SAMPLES));
    if (avformat.avformat_index_get_entries_count(stream) < packets) {
      throw new JobException(
          FailureCode.INTERNAL, audio.file() + " has fewer than " + packets + " packets of sound");
    }
    long[] positions = new long[packets];
    int[] sizes = new int[packets];
    for (int i = 0; i < packets; i++) {
      var entry = avformat.avformat_index_get_entry(stream, i);
      positions[i] = entry.pos();
      sizes[i] = entry.size();
    }
    byte[] configuration = new byte[stream.codecpar().extradata_size()];
    stream.codecpar().extradata().get(configuration);
    int channels = stream.codecpar().ch_layout().nb_channels();
    return new SoundTrack(audio, configuration, channels, positions, sizes);
  }

  EncodedAudio audio() {
    return audio;
  }

  /// The AudioSpecificConfig (ISO/IEC 14496-3 §1.6.2.1).
  byte[] configuration() {
    return configuration;
  }

  int channels() {
    return channels;
  }

  int packets() {
    return sizes.length;
  }

  /// Of a packet in the M4A file.
  long position(int packet) {
    return positions[packet];
  }

  /// In bytes.
  int size(int packet) {
    return sizes[packet];
  }

  int[] sizes() {
    return sizes;
  }

  /// Samples that are decoded from all packets together: priming and source.
  long mediaSamples() {
    return audio.primingSamples() + audio.samples();
  }

  long totalBytes() {
    long total = 0;
    for (int size : sizes) {
      total += size;
    }
    return total;
  }
}
