package dev.stemfleet.common.domain;

import java.util.Arrays;
import java.util.Optional;

/// One part of a track that becomes a video of its own.
///
/// `key` is the spelling in files, messages and on the command line; `label` the one in names of
/// outputs. Both are fixed.
public enum Stem {
  ACAPELLA("acapella", "Acapella"),
  DRUMS("drums", "Drums"),
  BASS("bass", "Bass"),
  MELODY("melody", "Melody"),
  INSTRUMENTAL("instrumental", "Instrumental"),
  NARRATION("narration", "Narration");

  private final String key;
  private final String label;

  Stem(String key, String label) {
    this.key = key;
    this.label = label;
  }

  public String key() {
    return key;
  }

  public String label() {
    return label;
  }

  /// The stem that people mean by `text`, matched as [Aliases] match.
  public static Optional<Stem> named(String text) {
    String folded = Aliases.fold(text);
    return Arrays.stream(values()).filter(stem -> stem.key.equals(folded)).findFirst();
  }
}
