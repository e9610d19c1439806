package dev.stemfleet.dispatcher.script;

import dev.stemfleet.dispatcher.script.GenerationFile.SpeakerFile;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the command line says of scripts; null where it says nothing.
///
/// @param language of the texts, as `en`
/// @param voice recording for the default speaker, absolute
/// @param model id of a model that speaks
/// @param recogniser id of a model that writes down what is said
public record SpeechFlags(
    @Nullable String language,
    @Nullable Path voice,
    @Nullable String model,
    @Nullable String recogniser) {
  public static final SpeechFlags NONE = new SpeechFlags(null, null, null, null);

  /// What can be said without knowing who the default speaker is.
  SpeechFile file() {
    GenerationFile generation = new GenerationFile(model, language, null, null, null, null);
    SpeechFile.Validation validation =
        recogniser == null ? null : new SpeechFile.Validation(null, null, recogniser);
    return new SpeechFile(null, generation, validation, null);
  }

  /// The whole with the default speaker's recording.
  SpeechFile over(SpeechFile whole) {
    GenerationFile generation = whole.generation();
    List<SpeakerFile> speakers = generation == null ? null : generation.speakers();
    String usual = generation == null ? null : generation.defaultSpeaker();
    if (voice == null || speakers == null || usual == null) {
      return whole;
    }
    List<SpeakerFile> heard =
        speakers.stream()
            .map(
                one ->
                    one.id().equals(usual)
                        ? new SpeakerFile(
                            one.id(),
                            voice.toString(),
                            one.ttsParams(),
                            one.conservativeCandidate())
                        : one)
            .toList();
    return whole.with(one -> one.withSpeakers(usual, heard));
  }
}
