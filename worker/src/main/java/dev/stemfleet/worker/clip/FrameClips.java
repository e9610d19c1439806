package dev.stemfleet.worker.clip;

import dev.stemfleet.common.domain.Picture;
import dev.stemfleet.common.domain.Stem;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Everything one job draws its frames from. Held by the job until it ends: what a cache throws out
/// meanwhile is not loaded again for its next stem.
///
/// @param base background and thumbnail, of the look's size; of an animated background the first
/// @param watermark trimmed to its visible pixels and fitted, at most as large as its box
/// @param icons of the size of the icon box
/// @param coverWarning why the thumbnail is a drawn placeholder, if it is
/// @param loop the bases of all frames, if the background is animated
public record FrameClips(
    Picture base,
    Picture watermark,
    Map<Stem, Picture> icons,
    Optional<String> coverWarning,
    Optional<LoopClip> loop) {
  public FrameClips {
    icons = Map.copyOf(icons);
  }

  /// The icon of a stem that is drawn.
  public Picture icon(Stem stem) {
    return Objects.requireNonNull(icons.get(stem), stem.key());
  }
}
