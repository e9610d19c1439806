package dev.stemfleet.worker.job;

import dev.stemfleet.common.domain.speech.ScriptText;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads the file of a script.
final class ScriptFile {
  private ScriptFile() {}

  /// @throws JobException SCRIPT_UNUSABLE saying what is wrong with the text; SOURCE_UNREACHABLE
  static String text(Path file) {
    try {
      return ScriptText.read(Files.readAllBytes(file));
    } catch (IllegalArgumentException e) {
      throw new JobException(
          FailureCode.SCRIPT_UNUSABLE, file.getFileName() + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new JobException(FailureCode.SOURCE_UNREACHABLE, "cannot read " + file, e);
    }
  }
}
