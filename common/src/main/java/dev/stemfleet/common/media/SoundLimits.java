package dev.stemfleet.common.media;

import static org.bytedeco.ffmpeg.global.avcodec.av_codec_is_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.av_codec_iterate;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;

import java.util.StringJoiner;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/// What FFmpeg may do with a file that a stranger made.
///
/// Containers that hold sound themselves, never lists of other files (playlists, concat scripts,
/// manifests); sound decoders only, so that an embedded picture of any size costs nothing; the file
/// itself and nothing that it names.
final class SoundLimits {
  /// FFmpeg's names of demuxers.
  private static final String CONTAINERS =
      "aac,ac3,aiff,amr,ape,asf,au,avi,caf,dsf,dts,eac3,flac,flv,iff,matroska,mov,mp2,mp3,mpc,"
          + "mpc8,mpeg,mpegts,ogg,tak,truehd,tta,w64,wav,wv";

  /// Else a small file of silence could keep a device busy for days.
  static final double LONGEST_SECONDS = 12 * 3600;

  static final int MOST_CHANNELS = 64;

  /// At lower rates, which nobody uses, a few bytes would stand for hours of work.
  private static final int LEAST_RATE_HZ = 1000;

  static final String MOST_STREAMS = "100";

  /// What lies on the web is fetched by `common.web` first.
  private static final String PROTOCOLS = "file";

  private SoundLimits() {}

  static void apply(AVDictionary options) {
    Ffmpeg.put(options, "format_whitelist", CONTAINERS);
    Ffmpeg.put(options, "codec_whitelist", SoundCodecs.NAMES);
    Ffmpeg.put(options, "protocol_whitelist", PROTOCOLS);
    Ffmpeg.put(options, "max_streams", MOST_STREAMS);
  }

  /// Before a decoder takes memory for it.
  static void requireFits(SoundSource source, AVStream stream, double declaredSeconds) {
    requireShort(source, declaredSeconds);
    int rate = stream.codecpar().sample_rate();
    // Some containers leave it to the decoder.
    requireSound(
        source, stream.codecpar().ch_layout().nb_channels(), rate == 0 ? LEAST_RATE_HZ : rate);
  }

  /// Sound may also become something else on its way.
  static void requireFits(SoundSource source, AVFrame frame) {
    requireSound(source, frame.ch_layout().nb_channels(), frame.sample_rate());
  }

  private static void requireSound(SoundSource source, int channels, int rateHz) {
    if (channels > MOST_CHANNELS) {
      throw InputFailure.unreadable(
          source, "%d channels; at most %d are read".formatted(channels, MOST_CHANNELS));
    }
    if (rateHz < LEAST_RATE_HZ) {
      throw InputFailure.unreadable(
          source, "%d samples a second; at least %d are read".formatted(rateHz, LEAST_RATE_HZ));
    }
  }

  static void requireShort(SoundSource source, double seconds) {
    if (seconds > LONGEST_SECONDS) {
      throw InputFailure.unreadable(
          source,
          "%.0f hours of sound; at most %.0f are read"
              .formatted(seconds / 3600, LONGEST_SECONDS / 3600));
    }
  }

  /// All sound decoders of this build; collected once.
  private static final class SoundCodecs {
    static final String NAMES = collect();

    private static String collect() {
      StringJoiner names = new StringJoiner(",");
      try (PointerPointer<Pointer> state = new PointerPointer<>(1)) {
        state.put(0, null);
        for (AVCodec codec = av_codec_iterate(state);
            codec != null && !codec.isNull();
            codec = av_codec_iterate(state)) {
          if (codec.type() == AVMEDIA_TYPE_AUDIO && av_codec_is_decoder(codec) != 0) {
            names.add(codec.name().getString());
          }
        }
      }
      return names.toString();
    }
  }
}
