package dev.stemfleet.common.media;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/// Where sound is read from.
///
/// @param name how messages call it
/// @param url what FFmpeg opens, with its protocol spelled out, so that a file called `concat:x`
///   stays a file
/// @param protocols the only protocols FFmpeg may use for it, whatever the file says
record SoundSource(String name, String url, String protocols) {
  private static final String FILE = "file:";

  /// @param text a path, a `file:` URI or an `http(s):` URL
  static SoundSource parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.startsWith("http://") || lower.startsWith("https://")) {
      return new SoundSource(text, text, "http,https,tls,tcp");
    }
    try {
      return of(lower.startsWith(FILE) ? Path.of(URI.create(text)) : Path.of(text));
    } catch (InvalidPathException e) {
      throw new JobException(FailureCode.SOURCE_MISSING, text + ": not a file name", e);
    } catch (IllegalArgumentException e) {
      throw new JobException(FailureCode.SOURCE_MISSING, text + ": not a file URI", e);
    }
  }

  static SoundSource of(Path file) {
    return new SoundSource(file.toString(), FILE + file.toAbsolutePath(), "file");
  }

  boolean local() {
    return url.startsWith(FILE);
  }

  /// The file of a local source.
  Path file() {
    return Path.of(url.substring(FILE.length()));
  }

  /// Refuses what needs no FFmpeg to be refused.
  void requirePlausible() {
    if (!local()) {
      return;
    }
    Path file = file();
    if (!Files.exists(file)) {
      throw new JobException(FailureCode.SOURCE_MISSING, name + ": there is no such file");
    }
    if (!Files.isRegularFile(file)) {
      throw new JobException(FailureCode.SOUND_UNREADABLE, name + ": not a file");
    }
    if (!Files.isReadable(file)) {
      throw new JobException(FailureCode.SOURCE_FORBIDDEN, name + ": no right to read it");
    }
    if (size(file) == 0) {
      throw new JobException(FailureCode.SOUND_UNREADABLE, name + ": the file is empty");
    }
  }

  private long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new JobException(FailureCode.SOURCE_UNREACHABLE, name + ": " + e.getMessage(), e);
    }
  }
}
