package dev.stemfleet.dispatcher.script;

import dev.stemfleet.common.json.Json;
import dev.stemfleet.dispatcher.script.GenerationFile.SpeakerFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Files put together: defaults, then the job, then the script. Pure.
///
/// Maps merge key by key, other values replace. Speakers merge by id: what one lacks comes from the
/// default speaker of its own file, then from the same id in the files before, then from their
/// default speaker; speakers of the files before that are not named again follow.
///
/// @param file the whole
/// @param warnings about it
record SpeechCascade(SpeechFile file, List<String> warnings) {
  /// Who speaks where no file names anybody.
  private static final SpeakerFile NOBODY = new SpeakerFile("default", null, null, null);

  /// @param layers the weakest first
  static SpeechCascade of(List<SpeechFile> layers) {
    SpeechFile merged = SpeechFile.NONE;
    List<String> warnings = new ArrayList<>();
    for (SpeechFile layer : layers) {
      merged = over(layer, merged, warnings);
    }
    GenerationFile all = generation(merged);
    if (speakers(all).isEmpty()) {
      merged = merged.with(one -> one.withSpeakers(NOBODY.id(), List.of(NOBODY)));
    }
    return new SpeechCascade(merged, List.copyOf(warnings));
  }

  private static SpeechFile over(SpeechFile stronger, SpeechFile weaker, List<String> warnings) {
    Map<String, Object> values = merged(Json.toMap(weaker), Json.toMap(stronger));
    SpeechFile file = Json.fromMap(values, SpeechFile.class);
    GenerationFile mine = generation(stronger);
    GenerationFile before = generation(weaker);
    if (speakers(mine).isEmpty() && mine.defaultSpeaker() == null) {
      return file;
    }
    List<SpeakerFile> speakers = speakers(mine, before);
    return speakers.isEmpty()
        ? file
        : file.with(
            one -> one.withSpeakers(defaultSpeaker(mine, before, speakers, warnings), speakers));
  }

  private static List<SpeakerFile> speakers(GenerationFile mine, GenerationFile before) {
    String named = mine.defaultSpeaker() == null ? before.defaultSpeaker() : mine.defaultSpeaker();
    Optional<SpeakerFile> ownDefault = defaultOf(speakers(mine), named);
    Optional<SpeakerFile> formerDefault = defaultOf(speakers(before), before.defaultSpeaker());
    List<SpeakerFile> all = new ArrayList<>();
    for (SpeakerFile speaker : speakers(mine)) {
      SpeakerFile whole = over(speaker, ownDefault);
      whole = over(whole, named(speakers(before), speaker.id()));
      all.add(over(whole, formerDefault));
    }
    speakers(before).stream()
        .filter(speaker -> named(speakers(mine), speaker.id()).isEmpty())
        .forEach(all::add);
    return all;
  }

  /// The one named, if it is among them; the former default else; the first else.
  private static String defaultSpeaker(
      GenerationFile mine,
      GenerationFile before,
      List<SpeakerFile> speakers,
      List<String> warnings) {
    String wanted = mine.defaultSpeaker();
    String former = before.defaultSpeaker();
    if (wanted != null && named(speakers, wanted).isPresent()) {
      return wanted;
    }
    String taken =
        former != null && named(speakers, former).isPresent() ? former : speakers.getFirst().id();
    if (wanted != null) {
      warnings.add(
          "generation.default_speaker: '%s' is none of the speakers; %s is taken"
              .formatted(wanted, taken));
    }
    return taken;
  }

  /// The default among these: the first, where none is named.
  private static Optional<SpeakerFile> defaultOf(
      List<SpeakerFile> speakers, @Nullable String named) {
    return named == null ? speakers.stream().findFirst() : named(speakers, named);
  }

  private static Optional<SpeakerFile> named(List<SpeakerFile> speakers, String id) {
    return speakers.stream().filter(speaker -> speaker.id().equals(id)).findFirst();
  }

  private static SpeakerFile over(SpeakerFile stronger, Optional<SpeakerFile> weaker) {
    return weaker
        .map(other -> merged(Json.toMap(other), Json.toMap(stronger)))
        .map(values -> Json.fromMap(values, SpeakerFile.class))
        .orElse(stronger);
  }

  private static GenerationFile generation(SpeechFile file) {
    GenerationFile generation = file.generation();
    return generation == null ? GenerationFile.NONE : generation;
  }

  private static List<SpeakerFile> speakers(GenerationFile generation) {
    List<SpeakerFile> speakers = generation.speakers();
    return speakers == null ? List.of() : speakers;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> merged(
      Map<String, Object> weaker, Map<String, Object> stronger) {
    Map<String, Object> all = new LinkedHashMap<>(weaker);
    stronger.forEach(
        (key, value) ->
            all.merge(
                key,
                value,
                (before, now) ->
                    before instanceof Map && now instanceof Map
                        ? merged((Map<String, Object>) before, (Map<String, Object>) now)
                        : now));
    return all;
  }
}
