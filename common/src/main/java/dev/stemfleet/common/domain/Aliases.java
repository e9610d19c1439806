package dev.stemfleet.common.domain;

import java.util.Locale;

/// How names that people type are compared: without case, spaces, `-` and `_`.
public final class Aliases {
  private Aliases() {}

  /// `" Sample_Split "` and `"sample-split"` fold to the same text.
  public static String fold(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]", "");
  }
}
