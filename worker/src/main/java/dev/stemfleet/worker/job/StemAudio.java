package dev.stemfleet.worker.job;

import dev.stemfleet.common.domain.EncodedAudio;
import dev.stemfleet.common.domain.Product;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.json.Json;
import dev.stemfleet.common.message.LoudnessFacts;
import dev.stemfleet.common.message.ModelFacts;
import dev.stemfleet.worker.separation.StemStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The encoded stems of a track, held for as long as a job uses them. The job closes it.
///
/// @param held the stems' entry in the store
/// @param facts what the store keeps beside them
/// @param model that this job named, as it was when the stems were there; as it was when it made
///   them, if they were found and it is not loaded now; null if it was not needed and nobody noted
///   it
record StemAudio(StemStore.Held held, Facts facts, @Nullable ModelFacts model)
    implements AutoCloseable {

  /// What the store keeps beside the stems.
  ///
  /// @param products files beside those for the videos; empty when none were asked for
  /// @param maker the model as it was when it made them; null if nobody noted it
  /// @param speech how a script was spoken; null for music
  record Facts(
      LoudnessFacts loudness,
      List<String> warnings,
      List<AudioFile> products,
      @Nullable ModelFacts maker,
      @Nullable SpeechReport speech) {}

  /// An audio product in the store.
  ///
  /// @param name of the file in the entry's folder
  record AudioFile(
      Stem stem, Product product, String name, long bytes, String sha256, double seconds) {}

  /// What the store keeps, with the model that made it. The job that made it counts.
  static StemStore.Made by(ModelFacts model, StemStore.Made made) {
    ModelFacts maker =
        new ModelFacts(
            model.id(),
            model.sha256(),
            model.device(),
            model.dtype(),
            model.loadSeconds(),
            model.residentSince(),
            model.jobsServed() + 1);
    Map<String, Object> facts = new HashMap<>(made.facts());
    facts.put("maker", Json.toMap(maker));
    return new StemStore.Made(made.stems(), facts);
  }

  /// The model that made stems of the store, if it was noted.
  static Optional<ModelFacts> maker(StemStore.Held held) {
    return Optional.ofNullable(Json.fromMap(held.facts(), Facts.class).maker());
  }

  static StemAudio of(StemStore.Held held, @Nullable ModelFacts model) {
    return new StemAudio(held, Json.fromMap(held.facts(), Facts.class), model);
  }

  Map<Stem, EncodedAudio> stems() {
    return held.stems();
  }

  /// Separations that this took. A script is not separated.
  int separations() {
    return held.hit() || facts.speech() != null ? 0 : 1;
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
