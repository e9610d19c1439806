package dev.stemfleet.common.domain.speech;

/// How loud a narration is made when it is put together.
///
/// @param method what is measured
/// @param target in dBFS for peak and RMS, in LUFS else; −60…0
/// @param saturation how much of a soft curve is laid over it afterwards, 0…1; 0 for none
public record Levelling(Method method, double target, double saturation) {
  public static final Levelling USUAL = new Levelling(Method.PEAK, -1.5, 0.05);

  /// What a level is.
  public enum Method {
    /// Nothing is changed.
    OFF,
    PEAK,
    RMS,
    /// Integrated loudness by ITU-R BS.1770.
    LUFS
  }

  public Levelling {
    Ranges.require("audio.normalization.target_level", target, -60, 0);
    Ranges.require("audio.normalization.saturation_factor", saturation, 0, 1);
  }
}
