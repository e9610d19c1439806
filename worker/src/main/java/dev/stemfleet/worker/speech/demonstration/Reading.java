package dev.stemfleet.worker.speech.demonstration;

import static dev.stemfleet.worker.speech.demonstration.Phone.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads text aloud, letter by letter, with the habits of English spelling: the longest group of
/// letters that has a sound of its own comes first. What is written in other letters is put into
/// Latin ones before ([LatinLetters]). Pure.
final class Reading {
  private static final String VOWELS = "aeiouy";
  private static final String SOFTENING = "eiy";

  /// Words that are not spoken as they are written, and are in every text.
  private static final Map<String, List<Phone>> WORDS =
      Map.ofEntries(
          Map.entry("the", List.of(DH, AX)),
          Map.entry("a", List.of(AX)),
          Map.entry("of", List.of(AX, V)),
          Map.entry("to", List.of(T, UW)),
          Map.entry("is", List.of(IH, Z)),
          Map.entry("was", List.of(W, AX, Z)),
          Map.entry("i", List.of(AA, IY)),
          Map.entry("you", List.of(Y, UW)),
          Map.entry("one", List.of(W, AH, N)),
          Map.entry("two", List.of(T, UW)),
          Map.entry("four", List.of(F, AO, R)),
          Map.entry("eight", List.of(EH, IY, T)),
          Map.entry("are", List.of(AA, R)),
          Map.entry("have", List.of(H, AE, V)));

  private static final Map<String, List<Phone>> GROUPS =
      Map.ofEntries(
          Map.entry("tion", List.of(SH, AX, N)),
          Map.entry("sion", List.of(ZH, AX, N)),
          Map.entry("ough", List.of(AO)),
          Map.entry("eigh", List.of(EH, IY)),
          Map.entry("igh", List.of(AA, IY)),
          Map.entry("tch", List.of(T, SH)),
          Map.entry("sch", List.of(SH)),
          Map.entry("th", List.of(TH)),
          Map.entry("sh", List.of(SH)),
          Map.entry("ch", List.of(T, SH)),
          Map.entry("ph", List.of(F)),
          Map.entry("gh", List.of(G)),
          Map.entry("wh", List.of(W)),
          Map.entry("ck", List.of(K)),
          Map.entry("ng", List.of(NG)),
          Map.entry("qu", List.of(K, W)),
          Map.entry("ee", List.of(IY)),
          Map.entry("ea", List.of(IY)),
          Map.entry("ie", List.of(IY)),
          Map.entry("oo", List.of(UW)),
          Map.entry("ou", List.of(AA, UH)),
          Map.entry("ow", List.of(AO, UH)),
          Map.entry("oa", List.of(AO, UH)),
          Map.entry("oi", List.of(AO, IH)),
          Map.entry("oy", List.of(AO, IH)),
          Map.entry("ai", List.of(EH, IY)),
          Map.entry("ay", List.of(EH, IY)),
          Map.entry("ei", List.of(EH, IY)),
          Map.entry("ey", List.of(IY)),
          Map.entry("au", List.of(AO)),
          Map.entry("aw", List.of(AO)),
          Map.entry("ue", List.of(UW)),
          Map.entry("ar", List.of(AA, R)),
          Map.entry("or", List.of(AO, R)),
          Map.entry("er", List.of(ER)),
          Map.entry("ir", List.of(ER)),
          Map.entry("ur", List.of(ER)));

  private static final int LONGEST_GROUP = 4;

  private static final Map<Character, List<Phone>> LETTERS =
      Map.ofEntries(
          Map.entry('a', List.of(AE)),
          Map.entry('b', List.of(B)),
          Map.entry('c', List.of(K)),
          Map.entry('d', List.of(D)),
          Map.entry('e', List.of(EH)),
          Map.entry('f', List.of(F)),
          Map.entry('g', List.of(G)),
          Map.entry('h', List.of(H)),
          Map.entry('i', List.of(IH)),
          Map.entry('j', List.of(D, ZH)),
          Map.entry('k', List.of(K)),
          Map.entry('l', List.of(L)),
          Map.entry('m', List.of(M)),
          Map.entry('n', List.of(N)),
          Map.entry('o', List.of(AO)),
          Map.entry('p', List.of(P)),
          Map.entry('q', List.of(K)),
          Map.entry('r', List.of(R)),
          Map.entry('s', List.of(S)),
          Map.entry('t', List.of(T)),
          Map.entry('u', List.of(AH)),
          Map.entry('v', List.of(V)),
          Map.entry('w', List.of(W)),
          Map.entry('x', List.of(K, S)),
          Map.entry('y', List.of(IH)),
          Map.entry('z', List.of(Z)));

  /// Vowels with a silent `e` at the end of their word.
  private static final Map<Character, List<Phone>> LONG =
      Map.of(
          'a', List.of(EH, IY),
          'e', List.of(IY),
          'i', List.of(AA, IY),
          'o', List.of(AO, UH),
          'u', List.of(Y, UW),
          'y', List.of(AA, IY));

  private Reading() {}

  /// A word or a pause.
  record Spoken(List<Phone> phones, boolean stressed) {}

  /// The words of a text and its pauses, in order. Never empty.
  static List<Spoken> of(String text) {
    List<Spoken> all = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    String latin = LatinLetters.of(text) + " ";
    for (int i = 0; i < latin.length(); i++) {
      char c = latin.charAt(i);
      if (c >= 'a' && c <= 'z') {
        word.append(c);
      } else if (c != '\'') {
        end(word, all);
        pause(c, all);
      }
    }
    return all.isEmpty() ? List.of(new Spoken(List.of(H, M), false)) : List.copyOf(all);
  }

  private static void end(StringBuilder word, List<Spoken> all) {
    if (!word.isEmpty()) {
      List<Phone> phones = word(word.toString());
      if (!phones.isEmpty()) {
        all.add(new Spoken(phones, word.length() > 3));
      }
      word.setLength(0);
    }
  }

  /// Pauses follow words: neither the first sound of a text nor two in a row.
  private static void pause(char mark, List<Spoken> all) {
    if (all.isEmpty() || all.getLast().phones().getLast().kind() == Phone.Kind.PAUSE) {
      return;
    }
    switch (mark) {
      case ',', ';', ':', '(', ')', '"' -> all.add(new Spoken(List.of(COMMA), false));
      case '.', '!' -> all.add(new Spoken(List.of(STOP), false));
      case '?' -> all.add(new Spoken(List.of(QUESTION), false));
      default -> {}
    }
  }

  private static List<Phone> word(String word) {
    List<Phone> known = WORDS.get(word);
    if (known != null) {
      return known;
    }
    List<Phone> phones = new ArrayList<>();
    int at = 0;
    while (at < word.length()) {
      at += read(word, at, phones);
    }
    return phones;
  }

  /// @return how many letters were read
  private static int read(String word, int at, List<Phone> phones) {
    for (int length = Math.min(LONGEST_GROUP, word.length() - at); length > 1; length--) {
      List<Phone> group = GROUPS.get(word.substring(at, at + length));
      if (group != null) {
        phones.addAll(group);
        return length;
      }
    }
    char letter = word.charAt(at);
    boolean doubled = at > 0 && word.charAt(at - 1) == letter && !isVowel(letter);
    if (!doubled && !isSilentEnd(word, at)) {
      phones.addAll(letter(word, at));
    }
    return 1;
  }

  private static List<Phone> letter(String word, int at) {
    char letter = word.charAt(at);
    char next = at + 1 < word.length() ? word.charAt(at + 1) : ' ';
    boolean last = at == word.length() - 1;
    if (isVowel(letter) && isMagic(word, at)) {
      return LONG.getOrDefault(letter, List.of());
    }
    if (SOFTENING.indexOf(next) >= 0 && letter == 'c') {
      return List.of(S);
    }
    if (letter == 'y') {
      return at == 0 ? List.of(Y) : last ? List.of(IY) : List.of(IH);
    }
    if (last && letter == 'o') {
      return List.of(AO, UH);
    }
    return LETTERS.getOrDefault(letter, List.of());
  }

  /// Whether a vowel, one consonant and a silent `e` end the word.
  private static boolean isMagic(String word, int at) {
    return at == word.length() - 3 && !isVowel(word.charAt(at + 1)) && word.charAt(at + 2) == 'e';
  }

  private static boolean isSilentEnd(String word, int at) {
    return at == word.length() - 1
        && word.charAt(at) == 'e'
        && word.chars().limit(at).anyMatch(c -> isVowel((char) c));
  }

  private static boolean isVowel(char letter) {
    return VOWELS.indexOf(letter) >= 0;
  }
}
