package dev.stemfleet.worker.job;

import dev.stemfleet.common.domain.EncodedAudio;
import dev.stemfleet.common.domain.Product;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.json.Json;
import dev.stemfleet.common.message.LoudnessFacts;
import dev.stemfleet.common.message.ModelFacts;
import dev.stemfleet.worker.separation.StemStore;
import java.util.List;
import java.util.Map;

/// The encoded stems of a track, held for as long as a job uses them. The job closes it.
///
/// @param held the stems' entry in the store
/// @param facts what the store keeps beside them
/// @param model that this job named, as it was when the stems were there
record StemAudio(StemStore.Held held, Facts facts, ModelFacts model) implements AutoCloseable {

  /// What the store keeps beside the stems.
  ///
  /// @param products files beside those for the videos; empty when none were asked for
  record Facts(LoudnessFacts loudness, List<String> warnings, List<AudioFile> products) {}

  /// An audio product in the store.
  ///
  /// @param name of the file in the entry's folder
  record AudioFile(
      Stem stem, Product product, String name, long bytes, String sha256, double seconds) {}

  static StemAudio of(StemStore.Held held, ModelFacts model) {
    return new StemAudio(held, Json.fromMap(held.facts(), Facts.class), model);
  }

  Map<Stem, EncodedAudio> stems() {
    return held.stems();
  }

  /// Runs of the model that this took.
  int separations() {
    return held.hit() ? 0 : 1;
  }

  /// Stems that had to be encoded.
  int encodes() {
    return held.hit() ? 0 : stems().size();
  }

  @Override
  public void close() {
    held.close();
  }
}
