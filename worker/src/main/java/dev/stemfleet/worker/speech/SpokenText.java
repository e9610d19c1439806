package dev.stemfleet.worker.speech;

import java.util.List;
import java.util.regex.Pattern;

/// Text as the speech models expect it: their graphs do not clean it up.
///
/// Source: resemble-ai/chatterbox, `punc_norm` of `tts.py`, `mtl_tts.py` and `tts_turbo.py`.
enum SpokenText {
  /// The first English model.
  ENGLISH(List.of(), ".!?-,"),
  /// Also ends as Chinese and Japanese sentences do.
  MULTILINGUAL(List.of(), ".!?-,、，。？！"),
  /// Reads dots, dashes between words and semicolons itself.
  TURBO(List.of("...", " - ", ";"), ".!?-,");

  private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");
  private static final Pattern TRAILING_SPACES = Pattern.compile(" +$");

  /// In the order in which they are replaced.
  private static final List<String[]> REPLACED =
      List.of(
          pair("...", ", "),
          pair("…", ", "),
          pair(":", ","),
          pair(" - ", ", "),
          pair(";", ", "),
          pair("—", "-"),
          pair("–", "-"),
          pair(" ,", ","),
          pair("“", "\""),
          pair("”", "\""),
          pair("‘", "'"),
          pair("’", "'"));

  @SuppressWarnings("ImmutableEnumChecker") // lists of `List.of`
  private final List<String> kept;

  private final String ends;

  /// @param kept what is replaced for other models
  /// @param ends after which no full stop is added
  SpokenText(List<String> kept, String ends) {
    this.kept = kept;
    this.ends = ends;
  }

  /// Cleans a text up.
  ///
  /// @throws IllegalArgumentException if there is nothing to say
  String of(String text) {
    String clean = WHITE_SPACE.matcher(text).replaceAll(" ").strip();
    if (clean.isEmpty()) {
      throw new IllegalArgumentException("There is nothing to say.");
    }
    int first = clean.codePointAt(0);
    clean =
        Character.toString(Character.toUpperCase(first))
            + clean.substring(Character.charCount(first));
    for (String[] pair : REPLACED) {
      if (!kept.contains(pair[0])) {
        clean = clean.replace(pair[0], pair[1]);
      }
    }
    clean = TRAILING_SPACES.matcher(clean).replaceAll("");
    return ends.indexOf(clean.charAt(clean.length() - 1)) >= 0 ? clean : clean + ".";
  }

  private static String[] pair(String from, String to) {
    return new String[] {from, to};
  }
}
