package dev.stemfleet.worker.bench;

import dev.stemfleet.common.bench.BenchFailure;
import dev.stemfleet.common.domain.Picture;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.media.FfmpegProgram;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Looks at finished videos with FFmpeg's own programs. Pure functions but for the files they read.
final class VideoProof {
  private static final double KR = 0.2126;
  private static final double KB = 0.0722;
  private static final int BOX_HEADER_BYTES = 8;

  private VideoProof() {}

  /// A video as it should be.
  ///
  /// @param sha256 that was reported
  record Expected(long frames, String sha256) {}

  /// @throws BenchFailure if frames, streams, the order in the file or its digest are not right
  static void require(Path video, Expected expected) throws IOException {
    String streams = probe(video, "-show_entries", "stream=codec_name,nb_frames", "-of", "csv=p=0");
    requireThat(
        streams.lines().toList().getFirst().equals("h264," + expected.frames())
            && streams.contains("aac,"),
        video + " has " + streams + ", not " + expected.frames() + " frames with sound");
    requireThat(
        topBoxes(video).equals(List.of("ftyp", "moov", "mdat")),
        video + " has not its index first");
    requireThat(
        Sha256.ofFile(video).equals(expected.sha256()), video + " is not what was reported");
  }

  /// Size of the first picture of a video.
  static long intraBytes(Path video) {
    String first =
        probe(
            video,
            "-select_streams",
            "v",
            "-read_intervals",
            "%+#1",
            "-show_entries",
            "packet=size",
            "-of",
            "csv=p=0");
    return Long.parseLong(first.lines().findFirst().orElseThrow().replaceAll("[^0-9]", ""));
  }

  /// How near the brightness of a video's first frames is to a drawn frame's, before that was
  /// rounded for coding: the peak signal-to-noise ratio over all of them, in dB.
  ///
  /// Source of the weights: ITU-R BT.709-6, §3.
  static double lumaDecibels(Path video, Picture frame, int frames) {
    byte[] seen =
        FfmpegProgram.ffmpeg()
            .run(
                "-v",
                "error",
                "-i",
                video,
                "-map",
                "0:v",
                "-frames:v",
                frames,
                "-f",
                "rawvideo",
                "-pix_fmt",
                "yuv420p",
                "-")
            .out();
    int pixels = frame.width() * frame.height();
    int stride = pixels + pixels / 2;
    requireThat(seen.length == frames * stride, video + " has fewer than " + frames + " frames");
    double squares = 0;
    for (int i = 0; i < pixels; i++) {
      int pixel = frame.argb()[i];
      double light =
          KR * (pixel >> 16 & 0xFF) + (1 - KR - KB) * (pixel >> 8 & 0xFF) + KB * (pixel & 0xFF);
      double luma = 16 + 219.0 / 255 * light;
      for (int at = i; at < seen.length; at += stride) {
        double difference = (seen[at] & 0xFF) - luma;
        squares += difference * difference;
      }
    }
    return 10 * Math.log10(255.0 * 255 * pixels * frames / squares);
  }

  static void requireThat(boolean holds, String otherwise) {
    if (!holds) {
      throw new BenchFailure(otherwise);
    }
  }

  private static String probe(Path video, String... what) {
    List<Object> arguments = new ArrayList<>(List.of("-v", "error"));
    arguments.addAll(List.of(what));
    arguments.add(video);
    return FfmpegProgram.ffprobe().run(arguments.toArray()).text().strip();
  }

  private static List<String> topBoxes(Path video) throws IOException {
    List<String> names = new ArrayList<>();
    try (RandomAccessFile file = new RandomAccessFile(video.toFile(), "r")) {
      long at = 0;
      while (at + BOX_HEADER_BYTES <= file.length()) {
        file.seek(at);
        long length = Integer.toUnsignedLong(file.readInt());
        byte[] name = new byte[4];
        file.readFully(name);
        names.add(new String(name, StandardCharsets.US_ASCII));
        at += length == 1 ? file.readLong() : length;
      }
    }
    return names;
  }
}
