package dev.stemfleet.common.media;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;

/// What is wrong with a video that should be a background.
final class LoopFailure {
  private LoopFailure() {}

  static JobException unreadable(String name, String why) {
    return new JobException(FailureCode.ASSET_UNREADABLE, name + ": " + why);
  }

  static JobException damaged(String name) {
    return unreadable(name, "the video is damaged");
  }
}
