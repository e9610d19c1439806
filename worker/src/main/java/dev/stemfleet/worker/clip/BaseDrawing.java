package dev.stemfleet.worker.clip;

import dev.stemfleet.common.domain.Look;
import dev.stemfleet.common.domain.Picture;

/// Draws what all stems of a track and look share: the background with the thumbnail on it.
@FunctionalInterface
public interface BaseDrawing {
  /// Draws it, opaque, of the look's size.
  ///
  /// @param background of the look's size
  /// @param thumbnail of the size of the look's thumbnail box
  Picture draw(Look look, Picture background, Picture thumbnail);
}
