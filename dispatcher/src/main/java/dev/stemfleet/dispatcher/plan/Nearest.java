package dev.stemfleet.dispatcher.plan;

import dev.stemfleet.common.domain.Aliases;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Helps people who mistyped a name: the nearest known one (Levenshtein distance after folding).
public final class Nearest {
  private Nearest() {}

  /// `unknown channel 'mian': did you mean main? Known: backup, main`.
  public static String complaint(String what, String text, Collection<String> known) {
    String hint = of(text, known).map(name -> ": did you mean " + name + "?").orElse(".");
    return "unknown " + what + " '" + text + "'" + hint + " Known: " + String.join(", ", known);
  }

  /// The known name that is likely meant, if one is near enough.
  public static Optional<String> of(String text, Collection<String> known) {
    String folded = Aliases.fold(text);
    int near = Math.max(1, folded.length() / 3);
    return known.stream()
        .min(Comparator.comparingInt(name -> distance(folded, Aliases.fold(name))))
        .filter(name -> distance(folded, Aliases.fold(name)) <= near);
  }

  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
