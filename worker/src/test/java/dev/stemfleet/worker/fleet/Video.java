package dev.stemfleet.worker.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stemfleet.common.media.FfmpegProgram;
import dev.stemfleet.fixture.DecodedSound;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/// A finished video as FFmpeg's own programs see it.
record Video(Path file) {
  /// What `ffprobe` says of the streams and the file.
  JsonNode probed() {
    String json =
        FfmpegProgram.ffprobe()
            .run(
                "-v",
                "error",
                "-count_packets",
                "-show_streams",
                "-show_format",
                "-of",
                "json",
                file)
            .text();
    try {
      return new ObjectMapper().readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode stream(String kind) {
    for (JsonNode stream : probed().get("streams")) {
      if (stream.get("codec_type").asText().equals(kind)) {
        return stream;
      }
    }
    throw new AssertionError(file + " has no " + kind);
  }

  /// The digest of every decoded frame.
  List<String> frameDigests() {
    return FfmpegProgram.ffmpeg()
        .run("-v", "error", "-i", file, "-map", "0:v", "-f", "framemd5", "-")
        .text()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.substring(line.lastIndexOf(',') + 1).strip())
        .toList();
  }

  /// The first frame, converted to RGB as players do.
  BufferedImage firstFrame() {
    byte[] png =
        FfmpegProgram.ffmpeg()
            .run("-v", "error", "-i", file, "-frames:v", 1, "-f", "image2pipe", "-c:v", "png", "-")
            .out();
    try {
      return ImageIO.read(new ByteArrayInputStream(png));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  DecodedSound sound() {
    return DecodedSound.of(file);
  }
}
