package dev.stemfleet.common.domain;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/// Turns any text into the name of one file or folder that every file system takes.
public final class FileNames {
  /// Longest name on ext4, xfs, APFS and most network shares, in bytes of UTF-8.
  public static final int MAX_BYTES = 255;

  private static final String NAMELESS = "Untitled";
  private static final Pattern NOT_IN_NAMES =
      Pattern.compile("[\\\\/:*?\"<>|\\p{Cntrl}\\s\\u2028\\u2029]+");
  private static final Pattern NOT_AT_ENDS = Pattern.compile("^[ .]+|[ .]+$");

  private FileNames() {}

  /// `\ / : * ? " < > |` and control characters become spaces, runs of spaces collapse, the ends
  /// are stripped of spaces and dots. Text with nothing left becomes `Untitled`.
  public static String safe(String text) {
    String stripped = stripEnds(NOT_IN_NAMES.matcher(text).replaceAll(" "));
    return stripped.isEmpty() ? NAMELESS : stripped;
  }

  /// The longest beginning of `text` that has at most `maxBytes` bytes of UTF-8, cut between code
  /// points and stripped of spaces and dots at its end.
  public static String cut(String text, int maxBytes) {
    if (bytes(text) <= maxBytes) {
      return text;
    }
    int end = 0;
    int used = 0;
    while (end < text.length()) {
      int codePoint = text.codePointAt(end);
      used += bytes(Character.toString(codePoint));
      if (used > maxBytes) {
        break;
      }
      end += Character.charCount(codePoint);
    }
    return stripEnds(text.substring(0, end));
  }

  /// Whether no path can hold the text, or none that people could read.
  public static boolean isUnusable(String path) {
    return path.chars().anyMatch(Character::isISOControl);
  }

  public static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /// Names that some file systems hold to be the same fold to the same text: NFC and without case.
  public static String fold(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC)
        .toUpperCase(Locale.ROOT)
        .toLowerCase(Locale.ROOT);
  }

  private static String stripEnds(String text) {
    return NOT_AT_ENDS.matcher(text).replaceAll("");
  }
}
