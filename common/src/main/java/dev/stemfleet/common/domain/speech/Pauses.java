package dev.stemfleet.common.domain.speech;

/// What lies between two chunks.
///
/// @param sentenceSeconds of silence, 0…60
/// @param paragraphSeconds of silence after a paragraph, 0…60
/// @param crossfadeSeconds over which two chunks overlap where there is no pause, 0…1; 0 for none
public record Pauses(double sentenceSeconds, double paragraphSeconds, double crossfadeSeconds) {
  public static final Pauses USUAL = new Pauses(0.30, 0.80, 0);

  public Pauses {
    Ranges.require("pauses.normal", sentenceSeconds, 0, 60);
    Ranges.require("pauses.paragraph", paragraphSeconds, 0, 60);
    Ranges.require("pauses.crossfade", crossfadeSeconds, 0, 1);
  }

  /// @param paragraph whether the chunk before ends one
  public double after(boolean paragraph) {
    return paragraph ? paragraphSeconds : sentenceSeconds;
  }
}
