package dev.stemfleet.dispatcher.show;

/// Numbers of things in words.
public final class Plural {
  private Plural() {}

  /// `1 job`, `2 jobs`.
  public static String of(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
