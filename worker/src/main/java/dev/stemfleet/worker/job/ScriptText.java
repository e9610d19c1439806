package dev.stemfleet.worker.job;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads the text of a script.
final class ScriptText {
  private static final String MARK_OF_ORDER = "\uFEFF";

  private ScriptText() {}

  /// @throws JobException SCRIPT_UNUSABLE if it is no UTF-8 text; SOURCE_UNREACHABLE
  static String read(Path file) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
              .toString();
      return text.startsWith(MARK_OF_ORDER) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new JobException(FailureCode.SCRIPT_UNUSABLE, file + " is no text in UTF-8", e);
    } catch (IOException e) {
      throw new JobException(FailureCode.SOURCE_UNREACHABLE, "cannot read " + file, e);
    }
  }
}
