package dev.stemfleet.common.media;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The file that sound is read from.
record SoundSource(Path file) {
  /// How messages call it.
  String name() {
    return file.toString();
  }

  /// What FFmpeg opens, with its protocol spelled out, so that a file called `concat:x` stays a
  /// file.
  String url() {
    return "file:" + file.toAbsolutePath();
  }

  /// Refuses what needs no FFmpeg to be refused.
  void requirePlausible() {
    if (!Files.exists(file)) {
      throw new JobException(FailureCode.SOURCE_MISSING, name() + ": there is no such file");
    }
    if (!Files.isRegularFile(file)) {
      throw new JobException(FailureCode.SOUND_UNREADABLE, name() + ": not a file");
    }
    if (!Files.isReadable(file)) {
      throw new JobException(FailureCode.SOURCE_FORBIDDEN, name() + ": no right to read it");
    }
    if (size() == 0) {
      throw new JobException(FailureCode.SOUND_UNREADABLE, name() + ": the file is empty");
    }
  }

  private long size() {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new JobException(FailureCode.SOURCE_UNREACHABLE, name() + ": " + e.getMessage(), e);
    }
  }
}
