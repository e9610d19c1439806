package dev.stemfleet.worker.bench;

import dev.stemfleet.common.bench.BenchFailure;
import dev.stemfleet.common.domain.Box;
import dev.stemfleet.common.domain.Look;
import dev.stemfleet.common.media.FfmpegProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What people use instead: the `ffmpeg` program plays the loop again and again, lays the cover
/// over it and encodes every frame.
///
/// @param cover that lies over the loop; watermark and icon are left to ours
/// @param crf libx264's constant rate factor
record LoopYardstick(Look look, Path loop, Path cover, int crf) {
  private static final int BEST_CRF = 8;
  private static final int WORST_CRF = 32;
  private static final int TRIED_FRAMES = 24;
  private static final Pattern LUMA = Pattern.compile("PSNR y:([0-9.]+)");

  /// The one whose pictures come nearest to a quality.
  ///
  /// @param trial a file to be written and overwritten
  static LoopYardstick asGoodAs(double decibels, Look look, Path loop, Path cover, Path trial) {
    int better = BEST_CRF;
    int worse = WORST_CRF;
    while (worse - better > 1) {
      int middle = (better + worse) / 2;
      if (new LoopYardstick(look, loop, cover, middle).decibels(trial) >= decibels) {
        better = middle;
      } else {
        worse = middle;
      }
    }
    LoopYardstick above = new LoopYardstick(look, loop, cover, better);
    LoopYardstick below = new LoopYardstick(look, loop, cover, worse);
    return above.decibels(trial) - decibels < decibels - below.decibels(trial) ? above : below;
  }

  /// How near its first frames are to what it encoded.
  double decibels(Path trial) {
    List<Object> encode = start();
    encode.addAll(List.of("-filter_complex", drawing(0) + "[v]", "-map", "[v]"));
    encode.addAll(coding());
    encode.addAll(List.of("-frames:v", TRIED_FRAMES, trial));
    FfmpegProgram.ffmpeg().run(encode.toArray());
    String compare = drawing(1) + "[ref];[0:v][ref]psnr=shortest=1";
    String words =
        FfmpegProgram.ffmpeg()
            .run(
                "-i",
                trial,
                "-stream_loop",
                -1,
                "-i",
                loop,
                "-i",
                cover,
                "-lavfi",
                compare,
                "-frames:v",
                TRIED_FRAMES,
                "-f",
                "null",
                "-")
            .err();
    Matcher luma = LUMA.matcher(words);
    if (!luma.find()) {
      throw new BenchFailure("ffmpeg found no PSNR:\n" + words);
    }
    return Double.parseDouble(luma.group(1));
  }

  /// Encodes a whole video.
  void write(Path sound, double seconds, Path out) {
    List<Object> arguments = start();
    arguments.addAll(List.of("-i", sound));
    arguments.addAll(List.of("-filter_complex", drawing(0) + "[v]", "-map", "[v]", "-map", "2:a"));
    arguments.addAll(coding());
    arguments.addAll(List.of("-c:a", "copy", "-t", seconds, "-movflags", "+faststart", out));
    FfmpegProgram.ffmpeg().run(arguments.toArray());
  }

  /// Its command line in short.
  String words() {
    return "ffmpeg -stream_loop -1 -i loop.mp4 -i cover.png -i stem.m4a -filter_complex overlay"
        + " -c:v libx264 -crf "
        + crf
        + " -c:a copy -movflags +faststart";
  }

  private List<Object> start() {
    return new ArrayList<>(
        List.of("-v", "error", "-y", "-stream_loop", -1, "-i", loop, "-i", cover));
  }

  /// @param first number of the loop among the inputs; the cover is the next
  private String drawing(int first) {
    Box box = look.layout().thumbnail().scaled(look.scale());
    return "[%d:v]scale=%d:%d[cover];[%d:v][cover]overlay=%d:%d"
        .formatted(first + 1, box.width(), box.height(), first, box.x(), box.y());
  }

  private List<Object> coding() {
    return List.of("-c:v", "libx264", "-crf", crf, "-pix_fmt", "yuv420p");
  }
}
