package dev.stemfleet.worker.model;

import dev.stemfleet.common.catalog.CatalogEntry;
import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.catalog.CatalogRecogniser;
import dev.stemfleet.common.catalog.CatalogSpeech;

/// Loads models of all kinds.
final class ModelLoader {
  private ModelLoader() {}

  /// @throws dev.stemfleet.common.failure.JobException MODEL_BROKEN, DEVICE_FAILED or
  ///   DEVICE_OUT_OF_MEMORY; nothing is left open then
  static LoadedModel load(CatalogEntry entry, Sessions sessions) {
    return switch (entry) {
      case CatalogModel model -> ResidentModel.load(model, sessions);
      case CatalogSpeech speech -> SpeechModel.load(speech, sessions);
      case CatalogRecogniser recogniser -> WhisperModel.load(recogniser, sessions);
    };
  }
}
