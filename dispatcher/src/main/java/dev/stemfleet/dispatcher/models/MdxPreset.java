package dev.stemfleet.dispatcher.models;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What is published of well-known MDX-Net files and cannot be read from them, by their names.
///
/// @param fftSize n_fft
/// @param compensate factor for the stem
record MdxPreset(Pattern name, int fftSize, double compensate, String stem) {
  /// The factor that tools take where a file's own is not known.
  static final double USUAL_COMPENSATE = 1.035;

  private static final List<MdxPreset> KNOWN =
      List.of(
          of("kim_vocal_1", 7680, 1.043, "vocals"),
          of("kim_vocal_2", 7680, 1.009, "vocals"),
          of("voc_ft", 7680, 1.021, "vocals"),
          of("inst_hq_[45]", 5120, 1.010, "instrumental"),
          of("inst_hq_3", 6144, 1.022, "instrumental"),
          of("kim_inst|[-_]inst_[123]", 7680, USUAL_COMPENSATE, "instrumental"),
          of("reverb_hq", 6144, USUAL_COMPENSATE, "reverb"),
          of("kuielab_[ab]_vocals", 6144, USUAL_COMPENSATE, "vocals"),
          of("kuielab_[ab]_bass", 16384, USUAL_COMPENSATE, "bass"),
          of("kuielab_[ab]_drums", 4096, USUAL_COMPENSATE, "drums"),
          of("kuielab_[ab]_other", 8192, USUAL_COMPENSATE, "other"));

  static Optional<MdxPreset> of(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    return KNOWN.stream().filter(known -> known.name().matcher(name).find()).findFirst();
  }

  private static MdxPreset of(String name, int fftSize, double compensate, String stem) {
    return new MdxPreset(Pattern.compile(name), fftSize, compensate, stem);
  }
}
