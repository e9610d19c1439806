package dev.stemfleet.dispatcher.script;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Who speaks, and in how many takes, as files say it.
///
/// @param model id of a model that speaks
/// @param language of the text, as `en`
/// @param numCandidates takes of each chunk
/// @param maxRetries more takes of a chunk of which none is good
/// @param defaultSpeaker id of the one who speaks what has no tag
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record GenerationFile(
    @Nullable String model,
    @Nullable String language,
    @Nullable Integer numCandidates,
    @Nullable Integer maxRetries,
    @Nullable String defaultSpeaker,
    @Nullable List<SpeakerFile> speakers) {
  static final GenerationFile NONE = new GenerationFile(null, null, null, null, null, null);

  private static final int MOST_TAKES = 20;

  public GenerationFile {
    Limits.check("num_candidates", numCandidates, 1, MOST_TAKES);
    Limits.check("max_retries", maxRetries, 0, MOST_TAKES);
    if (language != null && !language.matches("[a-z]{2,3}")) {
      throw new IllegalArgumentException(
          "language: '" + language + "' must be two or three lower-case letters, as en");
    }
    if (speakers != null) {
      speakers = List.copyOf(speakers);
      requireDistinct(speakers);
    }
  }

  /// Somebody who speaks.
  ///
  /// @param referenceAudio recording of the voice, relative to the file it stands in
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record SpeakerFile(
      String id,
      @Nullable String referenceAudio,
      @Nullable TtsParams ttsParams,
      @Nullable Conservative conservativeCandidate) {
    public SpeakerFile {
      if (!id.matches("[^<>\\s]{1,64}")) {
        throw new IllegalArgumentException(
            "id: '" + id + "' must be 1 to 64 characters without '<', '>' and spaces");
      }
    }
  }

  /// How freely somebody speaks; the deviations are how far the last expressive take goes.
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record TtsParams(
      @Nullable Double exaggeration,
      @Nullable Double exaggerationMaxDeviation,
      @Nullable Double cfgWeight,
      @Nullable Double cfgWeightMaxDeviation,
      @Nullable Double temperature,
      @Nullable Double temperatureMaxDeviation,
      @Nullable Double repetitionPenalty,
      @Nullable Double minP,
      @Nullable Double topP) {
    public TtsParams {
      Limits.check("exaggeration", exaggeration, 0, 2);
      Limits.check("exaggeration_max_deviation", exaggerationMaxDeviation, -2, 2);
      Limits.check("cfg_weight", cfgWeight, 0, 2);
      Limits.check("cfg_weight_max_deviation", cfgWeightMaxDeviation, -2, 2);
      Limits.check("temperature", temperature, 0, 5);
      Limits.check("temperature_max_deviation", temperatureMaxDeviation, -5, 5);
      Limits.check("repetition_penalty", repetitionPenalty, 0.1, 10);
      Limits.check("min_p", minP, 0, 1);
      Limits.check("top_p", topP, 0, 1);
    }
  }

  /// How plainly the last take is spoken.
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Conservative(
      @Nullable Boolean enabled,
      @Nullable Double exaggeration,
      @Nullable Double cfgWeight,
      @Nullable Double temperature,
      @Nullable Double minP,
      @Nullable Double topP) {
    public Conservative {
      Limits.check("exaggeration", exaggeration, 0, 2);
      Limits.check("cfg_weight", cfgWeight, 0, 2);
      Limits.check("temperature", temperature, 0, 5);
      Limits.check("min_p", minP, 0, 1);
      Limits.check("top_p", topP, 0, 1);
    }
  }

  GenerationFile withSpeakers(String newDefault, List<SpeakerFile> others) {
    return new GenerationFile(model, language, numCandidates, maxRetries, newDefault, others);
  }

  GenerationFile withRecordings(UnaryOperator<String> find) {
    if (speakers == null) {
      return this;
    }
    List<SpeakerFile> found =
        speakers.stream().map(speaker -> withRecording(speaker, find)).toList();
    return new GenerationFile(model, language, numCandidates, maxRetries, defaultSpeaker, found);
  }

  private static SpeakerFile withRecording(SpeakerFile speaker, UnaryOperator<String> find) {
    String name = speaker.referenceAudio();
    return new SpeakerFile(
        speaker.id(),
        name == null ? null : find.apply(name),
        speaker.ttsParams(),
        speaker.conservativeCandidate());
  }

  private static void requireDistinct(List<SpeakerFile> speakers) {
    Set<String> ids = new HashSet<>();
    for (SpeakerFile speaker : speakers) {
      if (!ids.add(speaker.id())) {
        throw new IllegalArgumentException("speakers: '" + speaker.id() + "' is there twice");
      }
    }
  }
}
