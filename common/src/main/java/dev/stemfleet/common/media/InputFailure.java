package dev.stemfleet.common.media;

import static dev.stemfleet.common.failure.FailureCode.SOUND_UNREADABLE;
import static dev.stemfleet.common.failure.FailureCode.SOURCE_FORBIDDEN;
import static dev.stemfleet.common.failure.FailureCode.SOURCE_MISSING;
import static dev.stemfleet.common.failure.FailureCode.SOURCE_UNREACHABLE;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_FORBIDDEN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_NOT_FOUND;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_OTHER_4XX;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_UNAUTHORIZED;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EACCES;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_ENOENT;

import dev.stemfleet.common.failure.JobException;

/// What an error of FFmpeg means for the source that was being opened or read.
final class InputFailure {
  private InputFailure() {}

  /// The source could not be opened. A remote one that fails for any other reason than the server's
  /// verdict may be there again later; a local one was seen to be there, so it is no sound file.
  static JobException opening(SoundSource source, int error) {
    if (error == AVERROR_ENOENT() || error == AVERROR_HTTP_NOT_FOUND) {
      return new JobException(SOURCE_MISSING, source.name() + ": there is no such file");
    }
    if (error == AVERROR_EACCES()
        || error == AVERROR_HTTP_UNAUTHORIZED
        || error == AVERROR_HTTP_FORBIDDEN) {
      return new JobException(SOURCE_FORBIDDEN, source.name() + ": no right to read it");
    }
    boolean content = error == org.bytedeco.ffmpeg.global.avutil.AVERROR_INVALIDDATA;
    if (!source.local() && !content && error != AVERROR_HTTP_OTHER_4XX) {
      return new JobException(
          SOURCE_UNREACHABLE, source.name() + ": " + Ffmpeg.describe(error).strip());
    }
    return unreadable(source, "not a sound file that can be read");
  }

  /// The storage or the server failed while the sound was being read.
  static JobException reading(SoundSource source, int error) {
    return new JobException(
        SOURCE_UNREACHABLE, source.name() + ": reading stopped: " + Ffmpeg.describe(error));
  }

  static JobException unreadable(SoundSource source, String why) {
    return new JobException(SOUND_UNREADABLE, source.name() + ": " + why);
  }
}
