package dev.stemfleet.worker.clip;

import dev.stemfleet.common.domain.Picture;
import dev.stemfleet.common.domain.Stem;
import java.util.Map;
import java.util.Optional;

/// Everything one job draws its frames from. Held by the job until it ends: what a cache throws out
/// meanwhile is not loaded again for its next stem.
///
/// @param base background and thumbnail, of the look's size
/// @param watermark trimmed to its visible pixels and fitted, at most as large as its box
/// @param icons of the size of the icon box
/// @param coverWarning why the thumbnail is a drawn placeholder, if it is
public record FrameClips(
    Picture base, Picture watermark, Map<Stem, Picture> icons, Optional<String> coverWarning) {
  public FrameClips {
    icons = Map.copyOf(icons);
  }
}
