package dev.stemfleet.common.domain.speech;

import dev.stemfleet.common.domain.ModelRef;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How a script is spoken, with every default filled in.
///
/// @param language of the text, as `en`
/// @param speakers at least one, with different ids
/// @param defaultSpeaker id of the one who speaks what has no tag, or the tag `0`, `default` or
///   `reset`
/// @param recogniser that listens to the candidates; null where signal checks decide
public record Speech(
    String language,
    List<SpeakerOrder> speakers,
    String defaultSpeaker,
    ChunkLimits chunks,
    Pauses pauses,
    Levelling levelling,
    Thresholds thresholds,
    @Nullable ModelRef recogniser) {
  /// Tags that mean the default speaker, unless a speaker is called so.
  private static final Set<String> ALIASES = Set.of("", "0", "default", "reset");

  private static final int MOST_SPEAKERS = 64;

  public Speech {
    speakers = List.copyOf(speakers);
    if (!language.matches("[a-z]{2,3}")) {
      throw new IllegalArgumentException(
          "language: '" + language + "' must be two or three lower-case letters, as 'en'");
    }
    if (speakers.isEmpty() || speakers.size() > MOST_SPEAKERS) {
      throw new IllegalArgumentException("speakers: must be 1 to " + MOST_SPEAKERS);
    }
    Set<String> ids = new HashSet<>();
    for (SpeakerOrder speaker : speakers) {
      if (!ids.add(speaker.id())) {
        throw new IllegalArgumentException("speakers: '" + speaker.id() + "' is there twice");
      }
    }
    if (!ids.contains(defaultSpeaker)) {
      throw new IllegalArgumentException(
          "default_speaker: '" + defaultSpeaker + "' is none of " + String.join(", ", ids));
    }
  }

  /// Who is meant by a tag; empty if nobody is.
  public Optional<SpeakerOrder> speaker(String tag) {
    return named(tag).or(() -> ALIASES.contains(tag) ? named(defaultSpeaker) : Optional.empty());
  }

  /// What people are told of a tag that means nobody.
  public String warningOf(String tag) {
    return "No speaker is called '%s'; %s speaks those parts.".formatted(tag, defaultSpeaker);
  }

  private Optional<SpeakerOrder> named(String id) {
    return speakers.stream().filter(speaker -> speaker.id().equals(id)).findFirst();
  }
}
