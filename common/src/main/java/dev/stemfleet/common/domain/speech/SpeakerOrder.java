package dev.stemfleet.common.domain.speech;

import dev.stemfleet.common.domain.AssetRef;
import org.jspecify.annotations.Nullable;

/// Somebody who speaks in a script.
///
/// @param id as in the script's tags; 1…64 characters, none of them `<`, `>` or white space
/// @param recording of the voice; null for the model's own
/// @param candidates in which each chunk is spoken
public record SpeakerOrder(String id, @Nullable AssetRef recording, Candidates candidates) {
  public SpeakerOrder {
    if (!id.matches("[^<>\\s]{1,64}")) {
      throw new IllegalArgumentException(
          "speakers.id: '" + id + "' must be 1 to 64 characters without '<', '>' and spaces");
    }
  }
}
