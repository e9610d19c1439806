package dev.stemfleet.common.media;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_get;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/// Reads everything about an open sound file that is needed before it is worth sending.
final class SoundProbe {
  /// Enough for codecs that start with silence or a damaged frame, cheap for all.
  private static final int TRIAL_FRAMES = 10;

  /// A larger one is no cover; it is passed over.
  private static final int LARGEST_COVER_BYTES = 64 << 20;

  private SoundProbe() {}

  static SoundFile look(Path file, SoundInput input) {
    SoundTags tags = tags(input);
    Cover cover = cover(input);
    int rate = 0;
    int channels = 0;
    for (int i = 0; i < TRIAL_FRAMES; i++) {
      AVFrame frame = input.nextFrame();
      if (frame == null) {
        break;
      }
      rate = frame.sample_rate();
      channels = frame.ch_layout().nb_channels();
    }
    if (rate <= 0 || channels <= 0) {
      throw InputFailure.unreadable(input.source(), "its sound cannot be decoded");
    }
    String codec =
        avcodec_get_name(input.stream().codecpar().codec_id()).getString(StandardCharsets.UTF_8);
    double seconds = input.declaredSeconds().orElseGet(() -> decodedSeconds(file));
    return new SoundFile(file, seconds, codec, rate, channels, tags, cover);
  }

  /// For the rare container that declares no length: counted by decoding all of it.
  private static double decodedSeconds(Path file) {
    try (SoundInput input = SoundInput.open(file)) {
      double seconds = 0;
      for (AVFrame frame = input.nextFrame(); frame != null; frame = input.nextFrame()) {
        seconds += (double) frame.nb_samples() / frame.sample_rate();
      }
      return seconds;
    }
  }

  private static SoundTags tags(SoundInput input) {
    return new SoundTags(
        tag(input, "title"),
        tag(input, "artist"),
        tag(input, "TBPM", "TBP", "BPM", "tmpo", "tempo"),
        tag(input, "TKEY", "TKE", "initialkey", "initial_key", "key"),
        tag(input, "genre"));
  }

  /// The first of the names that is there; ID3, MP4 and others tag the file, Ogg its stream.
  private static @Nullable String tag(SoundInput input, String... names) {
    for (String name : names) {
      for (AVDictionary tags :
          new AVDictionary[] {input.container().metadata(), input.stream().metadata()}) {
        String value = value(tags, name);
        if (value != null) {
          return value;
        }
      }
    }
    return null;
  }

  private static @Nullable String value(@Nullable AVDictionary tags, String name) {
    if (tags == null || tags.isNull()) {
      return null;
    }
    AVDictionaryEntry entry = av_dict_get(tags, name, null, 0);
    if (entry == null || entry.isNull()) {
      return null;
    }
    String value = entry.value().getString(StandardCharsets.UTF_8).strip();
    return value.isEmpty() ? null : value;
  }

  private static @Nullable Cover cover(SoundInput input) {
    for (int i = 0; i < input.container().nb_streams(); i++) {
      AVStream stream = input.container().streams(i);
      if ((stream.disposition() & AV_DISPOSITION_ATTACHED_PIC) != 0) {
        AVPacket picture = stream.attached_pic();
        if (picture.size() > 0 && picture.size() <= LARGEST_COVER_BYTES) {
          byte[] bytes = new byte[picture.size()];
          new BytePointer(picture.data()).get(bytes);
          return new Cover(bytes, mediaType(stream.codecpar().codec_id()));
        }
      }
    }
    return null;
  }

  private static String mediaType(int codec) {
    return switch (codec) {
      case avcodec.AV_CODEC_ID_MJPEG -> "image/jpeg";
      case avcodec.AV_CODEC_ID_PNG -> "image/png";
      case avcodec.AV_CODEC_ID_WEBP -> "image/webp";
      case avcodec.AV_CODEC_ID_GIF -> "image/gif";
      case avcodec.AV_CODEC_ID_BMP -> "image/bmp";
      default -> "application/octet-stream";
    };
  }
}
