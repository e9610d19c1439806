package dev.stemfleet.worker.render;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.nio.charset.StandardCharsets;
import org.bytedeco.ffmpeg.global.avutil;

/// What FFmpeg's calls return, in our words.
final class Ffmpeg {
  private static final int LONGEST_MESSAGE = 256;

  private Ffmpeg() {}

  /// @param doing what was tried, as in "cannot …"
  /// @throws JobException `INTERNAL` if `result` is an error
  static void check(int result, String doing) {
    if (result < 0) {
      throw new JobException(FailureCode.INTERNAL, "cannot " + doing + ": " + message(result));
    }
  }

  static String message(int error) {
    byte[] text = new byte[LONGEST_MESSAGE];
    avutil.av_strerror(error, text, text.length);
    String message = new String(text, StandardCharsets.UTF_8);
    int end = message.indexOf('\0');
    return end < 0 ? message : message.substring(0, end);
  }
}
