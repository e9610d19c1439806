package dev.stemfleet.common.domain.speech;

/// From when on a candidate's transcript makes it valid.
///
/// @param similarity of the words, 0…1
/// @param quality similarity and length together, 0…1
public record Thresholds(double similarity, double quality) {
  public static final Thresholds USUAL = new Thresholds(0.8, 0.75);

  public Thresholds {
    Ranges.require("validation.similarity_threshold", similarity, 0, 1);
    Ranges.require("validation.min_quality_score", quality, 0, 1);
  }
}
