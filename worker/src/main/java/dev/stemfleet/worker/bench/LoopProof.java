package dev.stemfleet.worker.bench;

import dev.stemfleet.common.domain.Picture;
import dev.stemfleet.common.media.FfmpegProgram;
import dev.stemfleet.worker.render.MovingPicture;
import java.nio.file.Path;

/// Looks at finished videos of loops with FFmpeg's own program. Pure functions but for the files
/// they read.
final class LoopProof {
  /// A loop later, as much is looked at again.
  private static final int FRAMES = 24;

  private static final double KR = 0.2126;
  private static final double KB = 0.0722;

  private LoopProof() {}

  /// How near the brightness of a video's first frames is to the drawn ones, all together, in dB.
  static double lumaDecibels(Path video, MovingPicture drawn) {
    byte[] seen = frames(video, 0);
    int pixels = drawn.width() * drawn.height();
    int stride = pixels + pixels / 2;
    double squares = 0;
    try (MovingPicture.Frames frames = drawn.source().open()) {
      for (int i = 0; i < FRAMES; i++) {
        Picture frame = frames.next();
        VideoProof.requireThat(
            frame != null && seen.length >= (i + 1) * stride, video + " has too few frames");
        squares += frame == null ? 0 : squares(frame, seen, i * stride);
      }
    }
    return 10 * Math.log10(255.0 * 255 * pixels * FRAMES / squares);
  }

  private static double squares(Picture frame, byte[] seen, int at) {
    double squares = 0;
    for (int i = 0; i < frame.argb().length; i++) {
      int pixel = frame.argb()[i];
      double light =
          KR * (pixel >> 16 & 0xFF) + (1 - KR - KB) * (pixel >> 8 & 0xFF) + KB * (pixel & 0xFF);
      double difference = (seen[at + i] & 0xFF) - (16 + 219.0 / 255 * light);
      squares += difference * difference;
    }
    return squares;
  }

  /// @param loopFrames after which everything should come again
  /// @throws dev.stemfleet.common.bench.BenchFailure if it does not, bit for bit
  static void requireRepeated(Path video, int loopFrames) {
    VideoProof.requireThat(
        java.util.Arrays.equals(frames(video, 0), frames(video, loopFrames)),
        video + " does not show the same again after " + loopFrames + " frames");
  }

  private static byte[] frames(Path video, int from) {
    return FfmpegProgram.ffmpeg()
        .run(
            "-v",
            "error",
            "-i",
            video,
            "-map",
            "0:v",
            "-vf",
            "trim=start_frame=" + from + ":end_frame=" + (from + FRAMES),
            "-fps_mode",
            "passthrough",
            "-f",
            "rawvideo",
            "-pix_fmt",
            "yuv420p",
            "-")
        .out();
  }
}
