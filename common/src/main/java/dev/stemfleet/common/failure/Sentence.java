package dev.stemfleet.common.failure;

import java.util.regex.Pattern;

/// What people are told about things that strangers named: one line of bearable length, without
/// what would move a terminal's cursor or begin another line of a log.
public final class Sentence {
  private static final int MOST_CHARACTERS = 1000;

  /// Control characters, line separators, and those that turn the direction of writing.
  private static final Pattern UNSEEN =
      Pattern.compile("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]+");

  private Sentence() {}

  /// The text, changed only where it has to be. What is too long is cut in its middle: files are
  /// named at the beginning, reasons stand at the end.
  public static String of(String text) {
    String line = UNSEEN.matcher(text).replaceAll(" ");
    if (line.length() <= MOST_CHARACTERS) {
      return line;
    }
    int half = MOST_CHARACTERS / 2;
    int first = Character.isHighSurrogate(line.charAt(half - 1)) ? half - 1 : half;
    int last = line.length() - half + 1;
    return line.substring(0, first)
        + "…"
        + line.substring(Character.isLowSurrogate(line.charAt(last)) ? last + 1 : last);
  }
}
