package dev.stemfleet.worker.render;

/// A coded group of pictures repeated for a number of frames, the last time as far as needed.
///
/// @param frames at least 1
record PictureTrack(CodedGroup group, int width, int height, int framesPerSecond, long frames) {
  PictureTrack {
    if (frames < 1) {
      throw new IllegalArgumentException("frames: must be at least 1");
    }
  }

  byte[] sample(long frame) {
    return group.samples().get((int) (frame % group.samples().size()));
  }

  /// Intra pictures are this many frames apart.
  int groupLength() {
    return group.samples().size();
  }

  double seconds() {
    return (double) frames / framesPerSecond;
  }
}
