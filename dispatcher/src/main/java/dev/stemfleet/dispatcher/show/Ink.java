package dev.stemfleet.dispatcher.show;

import java.util.Map;

/// How things are drawn on a terminal: with colours or without, with block letters or plain ones.
/// Immutable.
public record Ink(boolean colours, boolean blocks) {
  /// No colours, plain letters: for pipes and tests.
  public static final Ink PLAIN = new Ink(false, false);

  /// What a line is about.
  public enum Tone {
    PLAIN(""),
    FAINT("2"),
    GOOD("32"),
    WARNING("33"),
    BAD("31");

    private final String code;

    Tone(String code) {
      this.code = code;
    }
  }

  /// What the environment asks for: `NO_COLOR` (not empty) turns colours off, a locale that is not
  /// UTF-8 turns block letters off.
  public static Ink of(Map<String, String> environment) {
    boolean noColour = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    String locale =
        firstSet(environment, "LC_ALL", "LC_CTYPE", "LANG").toUpperCase(java.util.Locale.ROOT);
    boolean plainLocale = locale.equals("C") || locale.equals("POSIX");
    return new Ink(!noColour, !plainLocale);
  }

  public String paint(Tone tone, String text) {
    return colours && !tone.code.isEmpty()
        ? "\u001b[" + tone.code + "m" + text + "\u001b[0m"
        : text;
  }

  /// A bar of exactly `columns` columns.
  ///
  /// @param fraction 0…1
  public String bar(double fraction, int columns) {
    double part = Math.clamp(Double.isNaN(fraction) ? 0 : fraction, 0, 1);
    // Full only when all is done.
    int full = (int) Math.floor(part * columns);
    return (blocks ? "█" : "#").repeat(full) + (blocks ? "░" : ".").repeat(columns - full);
  }

  private static String firstSet(Map<String, String> environment, String... names) {
    for (String name : names) {
      String value = environment.getOrDefault(name, "");
      if (!value.isEmpty()) {
        return value;
      }
    }
    return "";
  }
}
