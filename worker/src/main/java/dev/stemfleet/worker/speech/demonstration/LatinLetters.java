package dev.stemfleet.worker.speech.demonstration;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Any text in the letters a…z, with the marks between them. Accents go, Greek and Cyrillic letters
/// are put into Latin ones, digits are spelled out, and of scripts that it does not know every
/// letter becomes a syllable that is always the same. Pure.
final class LatinLetters {
  private static final List<String> DIGITS =
      List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");

  private static final Map<Character, String> OTHERS = new HashMap<>();

  static {
    note("αβγδεζηθικλμνξοπρστυφχψως", "a v g d e z i th i k l m n ks o p r s t i f h ps o s");
    note(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґў",
        "a b v g d e yo zh z i y k l m n o p r s t u f h ts ch sh sh _ i _ e yu ya i yi ye g u");
    note("ßæœøđðþłı", "ss e e o d th th l i");
    note("。．！？、，：；—–…“”„«»", ". . ! ? , , , , , , . \" \" \" \" \"");
    note("’‘", "' '");
  }

  private static final String CONSONANTS = "bdfghklmnprstvwyz";
  private static final String VOWELS = "aeiou";

  private LatinLetters() {}

  static String of(String text) {
    String decomposed = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    StringBuilder latin = new StringBuilder(decomposed.length());
    decomposed.codePoints().forEach(letter -> append(letter, latin));
    return latin.toString();
  }

  private static void append(int letter, StringBuilder latin) {
    String other = Character.isBmpCodePoint(letter) ? OTHERS.get((char) letter) : null;
    if (other != null) {
      latin.append(other);
    } else if (letter < 128 && !Character.isDigit(letter)) {
      latin.append((char) letter);
    } else if (Character.isDigit(letter)) {
      latin.append(' ').append(DIGITS.get(Character.digit(letter, 10))).append(' ');
    } else if (Character.isLetter(letter)) {
      latin
          .append(CONSONANTS.charAt(letter % CONSONANTS.length()))
          .append(VOWELS.charAt(letter / CONSONANTS.length() % VOWELS.length()));
    } else if (!isAccent(letter)) {
      latin.append(' ');
    }
  }

  private static boolean isAccent(int letter) {
    int type = Character.getType(letter);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT;
  }

  /// @param latin one for each letter; `_` is silent
  private static void note(String letters, String latin) {
    String[] written = latin.split(" ", -1);
    for (int i = 0; i < letters.length(); i++) {
      OTHERS.put(letters.charAt(i), written[i].equals("_") ? "" : written[i]);
    }
  }
}
