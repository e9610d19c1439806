package dev.stemfleet.dispatcher.watch;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/// A pattern for names as people type it: `*` stands for any text, `?` for one letter; case does
/// not matter. Immutable.
public final class NamePattern implements Predicate<String> {
  private final String text;
  private final Pattern pattern;

  public NamePattern(String text) {
    this.text = text;
    StringBuilder regex = new StringBuilder();
    text.codePoints()
        .forEach(
            letter -> {
              switch (letter) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(Character.toString(letter)));
              }
            });
    this.pattern =
        Pattern.compile(
            regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
  }

  @Override
  public boolean test(String name) {
    return pattern.matcher(name).matches();
  }

  /// Whether it stands for one name, however that is written.
  public boolean isOneName() {
    return text.indexOf('*') < 0 && text.indexOf('?') < 0;
  }

  @Override
  public String toString() {
    return text;
  }
}
