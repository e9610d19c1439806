package dev.stemfleet.worker.audio;

import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_ENOSPC;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.media.Ffmpeg;
import java.nio.file.Path;

/// What an error of FFmpeg means for a file that was being written.
final class OutputFailure {
  private OutputFailure() {}

  static void check(Path file, int result) {
    if (result < 0) {
      throw of(file, result);
    }
  }

  private static JobException of(Path file, int error) {
    FailureCode code =
        error == AVERROR_ENOSPC() ? FailureCode.DISK_FULL : FailureCode.OUTPUT_UNWRITABLE;
    return new JobException(code, file + ": " + Ffmpeg.describe(error));
  }
}
