package dev.stemfleet.worker.job;

import dev.stemfleet.common.domain.speech.Candidates;
import dev.stemfleet.common.domain.speech.SpeechParameters;
import dev.stemfleet.worker.audio.SpokenLevel;
import dev.stemfleet.worker.audio.SpokenLine;
import dev.stemfleet.worker.speech.Narration;
import dev.stemfleet.worker.speech.Script;
import dev.stemfleet.worker.speech.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a script was spoken, as it is written beside its videos: every chunk, every take, and what
/// was thought of it.
///
/// @param model that spoke
/// @param recogniser that listened; null where the takes' signal decided
/// @param sampleRateHz in which it was spoken and put together
/// @param samples of the whole, pauses included
/// @param levelDb measured before the gain; null if nothing was
/// @param gainDb that made it as loud as it was to be
/// @param clippedSamples beyond full scale afterwards
record SpeechReport(
    String model,
    @Nullable String recogniser,
    String language,
    int sampleRateHz,
    long samples,
    double seconds,
    @Nullable Double levelDb,
    double gainDb,
    long clippedSamples,
    List<ChunkReport> chunks) {
  static final String FILE = "narration.json";

  /// A chunk.
  ///
  /// @param selected index of the take that is heard
  record ChunkReport(
      int index,
      String text,
      String speaker,
      boolean paragraph,
      int selected,
      List<TakeReport> takes) {}

  /// A take.
  ///
  /// @param sha256 of its samples
  record TakeReport(
      int index,
      Candidates.Kind kind,
      SpeechParameters parameters,
      String seed,
      double seconds,
      String sha256,
      Verdict verdict) {}

  static SpeechReport of(
      Script script, Narration narration, SpokenLine line, SpokenLevel level, long clipped) {
    return new SpeechReport(
        script.model().id(),
        script.speech().recogniser() == null ? null : script.speech().recogniser().id(),
        script.speech().language(),
        line.rateHz(),
        line.samples(),
        rounded((double) line.samples() / line.rateHz()),
        level.measuredDb() == null ? null : rounded(level.measuredDb()),
        rounded(level.gainDb()),
        clipped,
        narration.chunks().stream().map(SpeechReport::chunk).toList());
  }

  private static ChunkReport chunk(Narration.Spoken chunk) {
    return new ChunkReport(
        chunk.chunk().index(),
        chunk.chunk().text(),
        chunk.speaker().id(),
        chunk.chunk().paragraph(),
        chunk.chosen(),
        chunk.takes().stream().map(SpeechReport::take).toList());
  }

  private static TakeReport take(Narration.Candidate take) {
    return new TakeReport(
        take.slot().index(),
        take.slot().kind(),
        take.slot().parameters(),
        // As text: JavaScript has no whole numbers of 64 bits.
        Long.toUnsignedString(take.seed()),
        rounded(take.seconds()),
        take.digest(),
        take.verdict());
  }

  private static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
  }
}
