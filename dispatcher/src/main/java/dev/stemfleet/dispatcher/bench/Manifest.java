package dev.stemfleet.dispatcher.bench;

import dev.stemfleet.common.domain.Sha256;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// JSON lines that name tracks with everything that `submit` would look for, so that it opens no
/// sound file.
public final class Manifest {
  private Manifest() {}

  public static Path write(Path file, int tracks) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int track = 0; track < tracks; track++) {
        out.write(line(track));
        out.newLine();
      }
    }
    return file;
  }

  /// The id of a track, by its place.
  static String id(int track) {
    return String.format(Locale.ROOT, "track-%06d", track);
  }

  private static String line(int track) {
    return String.format(
        Locale.ROOT,
        "{\"source\":\"file://music/2026/folder-%d/song-%d.flac\",\"id\":\"%s\",\"title\":\"Song"
            + " Number %d\",\"artist\":\"Artist %d\",\"bpm\":%d,\"key\":\"Am\",\"genre\":\"House\","
            + "\"sha256\":\"%s\",\"bytes\":%d,\"seconds\":%.1f}",
        track / 100,
        track,
        id(track),
        track,
        track % 997,
        90 + track % 80,
        Sha256.of(id(track).getBytes(StandardCharsets.UTF_8)),
        30_000_000 + track,
        200 + track % 60 + 0.5);
  }
}
