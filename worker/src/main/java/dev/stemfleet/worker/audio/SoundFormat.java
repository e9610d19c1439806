package dev.stemfleet.worker.audio;

import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S32;

import java.util.Map;
import java.util.TreeMap;

/// The forms in which sound leaves the worker, always 44.1 kHz stereo.
public enum SoundFormat {
  /// AAC-LC at 320 kb/s in M4A, for videos: FFmpeg's encoder with its quick search `fast`, once per
  /// frame ([OnePassCoder]), and with its careful one, `twoloop`, around loud tones, which the
  /// quick one would distort ([GuardedCoder]). Left and right are coded apart or as middle and side
  /// band by band. Without noise substitution, intensity stereo and noise shaping, which cost
  /// accuracy at this bit rate. Why this setting: docs/concepts/sound.md; `stemfleet bench coder`
  /// measures it against others.
  AAC("m4a", "ipod", "aac", AV_SAMPLE_FMT_FLTP, 320_000),

  /// MP3 at a constant 320 kb/s with a LAME header for gapless playing, ID3v2.3 tags and cover.
  MP3("mp3", "mp3", "libmp3lame", AV_SAMPLE_FMT_FLTP, 320_000),

  /// FLAC, 24 bit, with Vorbis comments and cover.
  FLAC("flac", "flac", "flac", AV_SAMPLE_FMT_S32, 0),

  /// WAV, 24 bit PCM; RF64 where it passes 4 GB. Title, artist, album and genre only.
  WAV("wav", "wav", "pcm_s24le", AV_SAMPLE_FMT_S32, 0);

  private static final int AAC_FRAME = 1024;

  /// 6144 for each channel, by the standard.
  private static final int AAC_FRAME_BITS = 2 * 6144;

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
    String common = encoder + " " + bitRate + " " + new TreeMap<>(encoderOptions());
    return carefulOptions().isEmpty()
        ? common
        : common + ", from " + GuardedCoder.LOUD + " on " + new TreeMap<>(carefulOptions());
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

  /// Bits per second of the largest single frames; 0 for lossless formats.
  public int highestBitRate() {
    return this == AAC ? AAC_FRAME_BITS * Sound.RATE_HZ / AAC_FRAME : bitRate;
  }

  /// What the encoder is told beside the bit rate, as FFmpeg names it. For AAC that is how nearly
  /// all sound is coded; the rest, loud tones, by an encoder with [#carefulOptions].
  public Map<String, String> encoderOptions() {
    return switch (this) {
      case AAC -> onePass();
      case MP3, FLAC, WAV -> Map.of();
    };
  }

  /// What the encoder is told that codes what the one with [#encoderOptions] cannot; empty if there
  /// is no such sound.
  public Map<String, String> carefulOptions() {
    return switch (this) {
      case AAC -> plain("twoloop");
      case MP3, FLAC, WAV -> Map.of();
    };
  }

  private static Map<String, String> plain(String search) {
    return Map.of("aac_coder", search, "aac_tns", "0", "aac_pns", "0", "aac_is", "0");
  }

  /// Searched once: [OnePassCoder].
  private static Map<String, String> onePass() {
    Map<String, String> options = new TreeMap<>(plain("fast"));
    options.put("bt", "0");
    options.put("global_quality", Integer.toString(OnePassCoder.HIGHEST));
    return options;
  }

  Map<String, String> containerOptions() {
    return switch (this) {
      // The edit list counts in the movie's time scale: at the stock 1000 the end of the sound
      // would be rounded to milliseconds.
      case AAC -> Map.of("movie_timescale", Integer.toString(Sound.RATE_HZ));
      case MP3 -> Map.of("id3v2_version", "3", "write_id3v1", "0");
      case FLAC -> Map.of();
      case WAV -> Map.of("rf64", "auto");
    };
  }
}
