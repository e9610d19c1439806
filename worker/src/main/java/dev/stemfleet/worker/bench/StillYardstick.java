package dev.stemfleet.worker.bench;

import dev.stemfleet.common.domain.Picture;
import dev.stemfleet.common.media.FfmpegProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What people use instead: the `ffmpeg` program encodes a looped picture frame by frame.
///
/// @param crf libx264's constant rate factor
record StillYardstick(int crf) {
  private static final int BEST_CRF = 4;
  private static final int WORST_CRF = 30;
  private static final int TRIED_FRAMES = 24;

  /// The one whose pictures come nearest to a quality.
  ///
  /// @param decibels as [VideoProof#lumaDecibels] finds them
  /// @param trial a file to be written and overwritten
  static StillYardstick asGoodAs(
      double decibels, Picture frame, Path png, int framesPerSecond, Path trial) {
    int better = BEST_CRF;
    int worse = WORST_CRF;
    while (worse - better > 1) {
      int middle = (better + worse) / 2;
      if (new StillYardstick(middle).decibels(frame, png, framesPerSecond, trial) >= decibels) {
        better = middle;
      } else {
        worse = middle;
      }
    }
    double above = new StillYardstick(better).decibels(frame, png, framesPerSecond, trial);
    double below = new StillYardstick(worse).decibels(frame, png, framesPerSecond, trial);
    return new StillYardstick(above - decibels < decibels - below ? better : worse);
  }

  private double decibels(Picture frame, Path png, int framesPerSecond, Path trial) {
    List<Object> arguments = start(png, framesPerSecond);
    arguments.addAll(coding());
    arguments.addAll(List.of("-frames:v", TRIED_FRAMES, trial));
    FfmpegProgram.ffmpeg().run(arguments.toArray());
    return VideoProof.lumaDecibels(trial, frame, TRIED_FRAMES);
  }

  /// Encodes a whole video.
  void write(Path png, int framesPerSecond, Path sound, Path out) {
    List<Object> arguments = start(png, framesPerSecond);
    arguments.addAll(List.of("-i", sound));
    arguments.addAll(coding());
    arguments.addAll(List.of("-c:a", "copy", "-shortest", "-movflags", "+faststart", out));
    FfmpegProgram.ffmpeg().run(arguments.toArray());
  }

  /// Its command line in short.
  String words() {
    return "ffmpeg -loop 1 -framerate N -i frame.png -i stem.m4a -c:v libx264 -tune stillimage"
        + " -crf "
        + crf
        + " -c:a copy -shortest -movflags +faststart";
  }

  private static List<Object> start(Path png, int framesPerSecond) {
    return new ArrayList<>(
        List.of("-v", "error", "-y", "-loop", 1, "-framerate", framesPerSecond, "-i", png));
  }

  /// The picture's colours are told and turned as ours are.
  private List<Object> coding() {
    return List.of(
        "-vf",
        "scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd",
        "-pix_fmt",
        "yuv420p",
        "-c:v",
        "libx264",
        "-tune",
        "stillimage",
        "-crf",
        crf);
  }
}
