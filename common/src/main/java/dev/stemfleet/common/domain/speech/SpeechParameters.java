package dev.stemfleet.common.domain.speech;

/// How a candidate is spoken.
///
/// @param exaggeration of the emotion, 0…2
/// @param guidance weight of classifier-free guidance (`cfg_weight`), 0…2; 0 runs the model on the
///   conditioned row alone
/// @param temperature 0…5; 0 takes the most probable token
/// @param repetitionPenalty 0.1…10; 1 is none
/// @param minP tokens less probable than this part of the most probable one are dropped, 0…1
/// @param topP only the most probable tokens that make this sum are kept, 0…1
public record SpeechParameters(
    double exaggeration,
    double guidance,
    double temperature,
    double repetitionPenalty,
    double minP,
    double topP) {
  public static final SpeechParameters USUAL =
      new SpeechParameters(0.45, 0.15, 0.9, 1.5, 0.06, 0.94);

  public SpeechParameters {
    Ranges.require("exaggeration", exaggeration, 0, 2);
    Ranges.require("cfg_weight", guidance, 0, 2);
    Ranges.require("temperature", temperature, 0, 5);
    Ranges.require("repetition_penalty", repetitionPenalty, 0.1, 10);
    Ranges.require("min_p", minP, 0, 1);
    Ranges.require("top_p", topP, 0, 1);
  }

  /// The same said more plainly or more freely; ranges are kept to.
  public SpeechParameters varied(
      double newExaggeration, double newGuidance, double newTemperature) {
    return new SpeechParameters(
        Math.clamp(newExaggeration, 0, 2),
        Math.clamp(newGuidance, 0, 2),
        Math.clamp(newTemperature, 0, 5),
        repetitionPenalty,
        minP,
        topP);
  }

  public SpeechParameters withNucleus(double newMinP, double newTopP) {
    return new SpeechParameters(
        exaggeration, guidance, temperature, repetitionPenalty, newMinP, newTopP);
  }
}
