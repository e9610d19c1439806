package dev.stemfleet.worker.audio;

import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S32;

import java.util.Map;
import java.util.TreeMap;

/// The forms in which sound leaves the worker, always 44.1 kHz stereo.
public enum SoundFormat {
  /// AAC-LC at 320 kb/s in M4A, for videos; FFmpeg's coder `twoloop` as it stands.
  AAC("m4a", "ipod", "aac", AV_SAMPLE_FMT_FLTP, 320_000),

  /// As [#AAC] with the coder `fast`, several times faster. It is given no noise substitution and
  /// no intensity stereo, which cost it accuracy at this bit rate. Good on dense sound, but it
  /// leaves noise 26 dB below a pure tone where `twoloop` leaves 60 dB.
  AAC_FAST("m4a", "ipod", "aac", AV_SAMPLE_FMT_FLTP, 320_000),

  /// MP3 at a constant 320 kb/s with a LAME header for gapless playing, ID3v2.3 tags and cover.
  MP3("mp3", "mp3", "libmp3lame", AV_SAMPLE_FMT_FLTP, 320_000),

  /// FLAC, 24 bit, with Vorbis comments and cover.
  FLAC("flac", "flac", "flac", AV_SAMPLE_FMT_S32, 0),

  /// WAV, 24 bit PCM; RF64 where it passes 4 GB. Title, artist, album and genre only.
  WAV("wav", "wav", "pcm_s24le", AV_SAMPLE_FMT_S32, 0);

  private final String extension;
  private final String container;
  private final String encoder;
  private final int sampleFormat;
  private final int bitRate;

  SoundFormat(String extension, String container, String encoder, int sampleFormat, int bitRate) {
    this.extension = extension;
    this.container = container;
    this.encoder = encoder;
    this.sampleFormat = sampleFormat;
    this.bitRate = bitRate;
  }

  /// The end of the file's name, without the dot.
  public String extension() {
    return extension;
  }

  /// What the sound's bytes depend on beside the samples; part of content hashes.
  public String settings() {
    return encoder + " " + bitRate + " " + new TreeMap<>(encoderOptions());
  }

  /// Whether a cover can be embedded.
  public boolean takesCover() {
    return this == MP3 || this == FLAC;
  }

  String container() {
    return container;
  }

  public String encoder() {
    return encoder;
  }

  int sampleFormat() {
    return sampleFormat;
  }

  /// Bits per second, 0 for lossless formats.
  public int bitRate() {
    return bitRate;
  }

  public Map<String, String> encoderOptions() {
    return switch (this) {
      case AAC -> Map.of("aac_coder", "twoloop");
      case AAC_FAST -> Map.of("aac_coder", "fast", "aac_pns", "0", "aac_is", "0");
      case MP3, FLAC, WAV -> Map.of();
    };
  }

  Map<String, String> containerOptions() {
    return switch (this) {
      // The edit list counts in the movie's time scale: at the stock 1000 the end of the sound
      // would be rounded to milliseconds.
      case AAC, AAC_FAST -> Map.of("movie_timescale", Integer.toString(Sound.RATE_HZ));
      case MP3 -> Map.of("id3v2_version", "3", "write_id3v1", "0");
      case FLAC -> Map.of();
      case WAV -> Map.of("rf64", "auto");
    };
  }
}
