package dev.stemfleet.common.media;

import static dev.stemfleet.common.failure.FailureCode.SOUND_UNREADABLE;
import static dev.stemfleet.common.failure.FailureCode.SOURCE_FORBIDDEN;
import static dev.stemfleet.common.failure.FailureCode.SOURCE_MISSING;
import static dev.stemfleet.common.failure.FailureCode.SOURCE_UNREACHABLE;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EACCES;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_ENOENT;

import dev.stemfleet.common.failure.JobException;

/// What an error of FFmpeg means for the source that was being opened or read.
final class InputFailure {
  private InputFailure() {}

  /// The source could not be opened, though it was seen to be there.
  static JobException opening(SoundSource source, int error) {
    if (error == AVERROR_ENOENT()) {
      return new JobException(SOURCE_MISSING, source.name() + ": there is no such file");
    }
    if (error == AVERROR_EACCES()) {
      return new JobException(SOURCE_FORBIDDEN, source.name() + ": no right to read it");
    }
    return unreadable(source, "not a sound file that can be read");
  }

  /// The storage failed while the sound was being read.
  static JobException reading(SoundSource source, int error) {
    return new JobException(
        SOURCE_UNREACHABLE, source.name() + ": reading stopped: " + Ffmpeg.describe(error));
  }

  static JobException unreadable(SoundSource source, String why) {
    return new JobException(SOUND_UNREADABLE, source.name() + ": " + why);
  }
}
