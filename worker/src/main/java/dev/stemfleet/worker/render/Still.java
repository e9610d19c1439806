package dev.stemfleet.worker.render;

import dev.stemfleet.common.domain.Picture;

/// A frame that is encoded already: what a video shows again and again. Immutable.
public final class Still {
  private final StillCoder.StillGroup coded;
  private final int width;
  private final int height;
  private final int framesPerSecond;

  Still(StillCoder.StillGroup coded, Picture frame, int framesPerSecond) {
    this.coded = coded;
    this.width = frame.width();
    this.height = frame.height();
    this.framesPerSecond = framesPerSecond;
  }

  int framesPerSecond() {
    return framesPerSecond;
  }

  /// Whether a group is one picture and a skip tail.
  boolean repeated() {
    return coded.repeated();
  }

  PictureTrack shownFor(long frames) {
    return new PictureTrack(coded.group(), width, height, framesPerSecond, frames);
  }
}
