package dev.stemfleet.worker.audio;

import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_ENOSPC;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.media.Ffmpeg;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/// What an error of FFmpeg or of Java means for a file that was being written.
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

  /// Java has no type for a full disk: the system's words decide.
  static JobException of(Path file, IOException e) {
    String words = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    boolean full =
        words.contains("no space left")
            || words.contains("not enough space")
            || words.contains("quota exceeded");
    return new JobException(
        full ? FailureCode.DISK_FULL : FailureCode.OUTPUT_UNWRITABLE, file + ": " + e, e);
  }
}
