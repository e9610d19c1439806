package dev.stemfleet.worker.render;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.media.Ffmpeg;

/// What the codecs' calls return, as failures of a job.
final class CodecCalls {
  private CodecCalls() {}

  /// @param doing what was tried, as in "cannot …"
  /// @throws JobException `INTERNAL` if `result` is an error
  static void check(int result, String doing) {
    if (result < 0) {
      throw new JobException(
          FailureCode.INTERNAL, "cannot " + doing + ": " + Ffmpeg.describe(result));
    }
  }
}
