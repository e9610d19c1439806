package dev.stemfleet.common.message;

/// What one job had to load, and what it found. A load is one decode-and-scale.
///
/// @param separations runs of the model over the track: 0 when its stems were known
/// @param audioEncodes stems encoded to sound
public record CacheCounts(
    int backgroundLoads,
    int backgroundHits,
    int thumbnailLoads,
    int thumbnailHits,
    int watermarkLoads,
    int watermarkHits,
    int iconLoads,
    int iconHits,
    int baseLoads,
    int baseHits,
    int separations,
    int audioEncodes) {
  public static final CacheCounts NONE = new CacheCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /// Pictures decoded and scaled.
  public int clipLoads() {
    return backgroundLoads + thumbnailLoads + watermarkLoads + iconLoads;
  }

  public CacheCounts plus(CacheCounts other) {
    return new CacheCounts(
        backgroundLoads + other.backgroundLoads,
        backgroundHits + other.backgroundHits,
        thumbnailLoads + other.thumbnailLoads,
        thumbnailHits + other.thumbnailHits,
        watermarkLoads + other.watermarkLoads,
        watermarkHits + other.watermarkHits,
        iconLoads + other.iconLoads,
        iconHits + other.iconHits,
        baseLoads + other.baseLoads,
        baseHits + other.baseHits,
        separations + other.separations,
        audioEncodes + other.audioEncodes);
  }
}
