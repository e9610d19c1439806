package dev.stemfleet.common.domain.speech;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Reads scripts: plain text in UTF-8, not empty, not a book.
public final class ScriptText {
  /// In code points: more than an hour of speech. What is longer is better sent in parts, which
  /// several workers can speak at the same time.
  public static final int MOST_CHARACTERS = 60_000;

  /// No file of more bytes can be short enough.
  public static final long MOST_BYTES = 4L * MOST_CHARACTERS + 3;

  private static final String BYTE_ORDER_MARK = "\ufeff";

  private ScriptText() {}

  /// The text of a file, without a mark at its beginning.
  ///
  /// @throws IllegalArgumentException saying in one line what is wrong with it
  public static String read(byte[] bytes) {
    if (bytes.length > MOST_BYTES) {
      throw tooLong("more than " + "%,d".formatted(MOST_CHARACTERS));
    }
    String text = decoded(bytes);
    text = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    int length = text.codePointCount(0, text.length());
    if (length > MOST_CHARACTERS) {
      throw tooLong("%,d".formatted(length));
    }
    requireText(text);
    if (text.isBlank()) {
      throw new IllegalArgumentException("is empty; a script is text that can be spoken");
    }
    return text;
  }

  private static IllegalArgumentException tooLong(String characters) {
    return new IllegalArgumentException(
        "has %s characters; a script has at most %,d; cut it into parts"
            .formatted(characters, MOST_CHARACTERS));
  }

  private static String decoded(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
    } catch (CharacterCodingException e) {
      int line = 1;
      for (int i = 0; i < buffer.position(); i++) {
        line += bytes[i] == '\n' ? 1 : 0;
      }
      throw new IllegalArgumentException(
          "line %d: is not UTF-8; save the script as UTF-8".formatted(line), e);
    }
  }

  /// Files of other kinds may be UTF-8 by chance.
  private static void requireText(String text) {
    int line = 1;
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      line += letter == '\n' ? 1 : 0;
      boolean space = letter == '\n' || letter == '\r' || letter == '\t' || letter == '\f';
      if (letter < ' ' && !space) {
        throw new IllegalArgumentException(
            "line %d: holds the control character U+%04X; a script is plain text"
                .formatted(line, (int) letter));
      }
    }
  }
}
