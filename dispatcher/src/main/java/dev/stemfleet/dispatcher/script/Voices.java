package dev.stemfleet.dispatcher.script;

import dev.stemfleet.common.domain.speech.Candidates;
import dev.stemfleet.common.domain.speech.SpeakerOrder;
import dev.stemfleet.common.domain.speech.SpeechParameters;
import dev.stemfleet.dispatcher.script.GenerationFile.Conservative;
import dev.stemfleet.dispatcher.script.GenerationFile.SpeakerFile;
import dev.stemfleet.dispatcher.script.GenerationFile.TtsParams;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// From what files say of a speaker to how each take is spoken. Pure. What nobody says is as in
/// [Candidates#USUAL], the one table of defaults.
final class Voices {
  private static final SpeechParameters TOLD = Candidates.USUAL.told();
  private static final Candidates.Deviation DEVIATION = Candidates.USUAL.deviation();
  private static final TtsParams NOTHING =
      new TtsParams(null, null, null, null, null, null, null, null, null);
  private static final Conservative PLAIN = new Conservative(null, null, null, null, null, null);

  private Voices() {}

  /// The speakers of a whole, without their recordings.
  ///
  /// @throws IllegalArgumentException naming what is out of range
  static List<SpeakerOrder> of(GenerationFile generation) {
    List<SpeakerFile> speakers = generation.speakers();
    return speakers == null
        ? List.of()
        : speakers.stream()
            .map(one -> new SpeakerOrder(one.id(), null, candidates(one, generation)))
            .toList();
  }

  private static Candidates candidates(SpeakerFile speaker, GenerationFile generation) {
    TtsParams told = or(speaker.ttsParams(), NOTHING);
    SpeechParameters first =
        new SpeechParameters(
            or(told.exaggeration(), TOLD.exaggeration()),
            or(told.cfgWeight(), TOLD.guidance()),
            or(told.temperature(), TOLD.temperature()),
            or(told.repetitionPenalty(), TOLD.repetitionPenalty()),
            or(told.minP(), TOLD.minP()),
            or(told.topP(), TOLD.topP()));
    return new Candidates(
        or(generation.numCandidates(), Candidates.USUAL.count()),
        or(generation.maxRetries(), Candidates.USUAL.retries()),
        first,
        new Candidates.Deviation(
            or(told.exaggerationMaxDeviation(), DEVIATION.exaggeration()),
            or(told.cfgWeightMaxDeviation(), DEVIATION.guidance()),
            or(told.temperatureMaxDeviation(), DEVIATION.temperature())),
        plain(first, told, or(speaker.conservativeCandidate(), PLAIN)));
  }

  /// What a speaker says of min_p and top_p holds for the conservative take as well, unless that
  /// has its own.
  private static @Nullable SpeechParameters plain(
      SpeechParameters first, TtsParams told, Conservative plain) {
    SpeechParameters usual = Candidates.USUAL.plain();
    if (!or(plain.enabled(), true) || usual == null) {
      return null;
    }
    return first
        .varied(
            or(plain.exaggeration(), usual.exaggeration()),
            or(plain.cfgWeight(), usual.guidance()),
            or(plain.temperature(), usual.temperature()))
        .withNucleus(
            or(plain.minP(), or(told.minP(), usual.minP())),
            or(plain.topP(), or(told.topP(), usual.topP())));
  }

  private static <T> T or(@Nullable T said, T usual) {
    return said == null ? usual : said;
  }
}
