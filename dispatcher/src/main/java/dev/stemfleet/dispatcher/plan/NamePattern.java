package dev.stemfleet.dispatcher.plan;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/// A pattern for names as people type it: `*` stands for any text, `?` for one letter, `[a-c]` for
/// one of these, `[!a-c]` for one of the others; case does not matter, nor whether `_` or `-` is
/// written. A name that looks like a pattern is matched by itself. Immutable.
public final class NamePattern implements Predicate<String> {
  private final String text;
  private final Pattern pattern;

  public NamePattern(String text) {
    this.text = text;
    this.pattern =
        Pattern.compile(
            regex(BatchName.canonical(text)),
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
  }

  @Override
  public boolean test(String name) {
    String canonical = BatchName.canonical(name);
    return pattern.matcher(canonical).matches()
        || canonical.equalsIgnoreCase(BatchName.canonical(text));
  }

  /// Whether it stands for one name, however that is written.
  public boolean isOneName() {
    return text.indexOf('*') < 0 && text.indexOf('?') < 0 && !hasSet();
  }

  private boolean hasSet() {
    int open = text.indexOf('[');
    return open >= 0 && closing(text, open) > 0;
  }

  @Override
  public String toString() {
    return text;
  }

  private static String regex(String text) {
    StringBuilder regex = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int letter = text.codePointAt(at);
      int close = letter == '[' ? closing(text, at) : -1;
      if (close > 0) {
        regex.append(set(text.substring(at + 1, close)));
        at = close + 1;
        continue;
      }
      switch (letter) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        default -> regex.append(Pattern.quote(Character.toString(letter)));
      }
      at += Character.charCount(letter);
    }
    return regex.toString();
  }

  /// Where a set ends that begins here; -1 if the bracket is a letter like others.
  private static int closing(String text, int open) {
    int first = text.startsWith("!", open + 1) ? open + 2 : open + 1;
    return text.indexOf(']', first + 1);
  }

  /// Letters and ranges; a range that runs backwards is its two ends.
  private static String set(String inside) {
    boolean others = inside.startsWith("!");
    String letters = others ? inside.substring(1) : inside;
    StringBuilder set = new StringBuilder(others ? "[^" : "[");
    for (int i = 0; i < letters.length(); i++) {
      boolean range =
          i + 2 < letters.length()
              && letters.charAt(i + 1) == '-'
              && letters.charAt(i) < letters.charAt(i + 2);
      set.append(escaped(letters.charAt(i)));
      if (range) {
        set.append('-').append(escaped(letters.charAt(i + 2)));
        i += 2;
      }
    }
    return set.append(']').toString();
  }

  private static String escaped(char letter) {
    return "\\x{%x}".formatted((int) letter);
  }
}
