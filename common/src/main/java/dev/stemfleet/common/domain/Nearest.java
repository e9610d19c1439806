package dev.stemfleet.common.domain;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Helps people who mistyped a name: the nearest known one (optimal string alignment distance after
/// folding: letters added, left out, replaced or swapped with their neighbour).
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
    int[][] d = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        boolean same = one.charAt(i - 1) == other.charAt(j - 1);
        d[i][j] =
            Math.min(d[i - 1][j - 1] + (same ? 0 : 1), 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        if (swapped(one, i, other, j)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[one.length()][other.length()];
  }

  private static boolean swapped(String one, int i, String other, int j) {
    return i > 1
        && j > 1
        && one.charAt(i - 1) == other.charAt(j - 2)
        && one.charAt(i - 2) == other.charAt(j - 1);
  }
}
