package dev.stemfleet.worker.render;

/// A coded group of pictures repeated for a number of frames, the last time as far as needed.
///
/// The same IDR picture comes again and again with the same `idr_pic_id`. That conforms: the ids
/// must differ only where two IDR pictures follow each other directly (ITU-T H.264 §7.4.3), and
/// between ours lie the other frames of the group; hence a group has at least two.
///
/// @param frames at least 1
record PictureTrack(CodedGroup group, int width, int height, int framesPerSecond, long frames) {
  PictureTrack {
    if (frames < 1) {
      throw new IllegalArgumentException("frames: must be at least 1");
    }
    if (frames > 1 && group.samples().size() < 2) {
      throw new IllegalArgumentException("group: IDR pictures must not follow each other directly");
    }
  }

  byte[] sample(long frame) {
    return group.samples().get((int) (frame % group.samples().size()));
  }

  /// Frames until the group begins anew.
  int groupLength() {
    return group.samples().size();
  }

  double seconds() {
    return (double) frames / framesPerSecond;
  }
}
