package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.catalog.CatalogEntry;
import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.catalog.CatalogRecogniser;
import dev.stemfleet.common.catalog.CatalogSpeech;
import dev.stemfleet.common.domain.ModelFile;
import java.util.List;

/// What commands tell of a model, as JSON.
///
/// @param kind separation, speech or recogniser
/// @param layout of a separation model's sound; the family of another
/// @param sha256 of its file, or over those of all its files
/// @param bytes of all its files
/// @param files that are networks
/// @param stems what it gives
record ModelLine(
    String id,
    int revision,
    String kind,
    String layout,
    String dtype,
    String sha256,
    long bytes,
    int files,
    List<String> stems,
    String licence,
    String source,
    String definedIn) {

  static ModelLine of(CatalogEntry entry) {
    return switch (entry) {
      case CatalogModel(var spec, _, _) ->
          new ModelLine(
              spec.id(),
              spec.revision(),
              "separation",
              spec.layout().key(),
              entry.dtype(),
              spec.ref().sha256(),
              bytes(entry),
              spec.files().size(),
              spec.stems(),
              spec.licence(),
              spec.source(),
              entry.definedIn());
      case CatalogSpeech(var spec, _, _) ->
          new ModelLine(
              spec.id(),
              spec.revision(),
              "speech",
              spec.family().key(),
              entry.dtype(),
              spec.ref().sha256(),
              bytes(entry),
              spec.files() == null ? 0 : spec.files().networks().size(),
              List.of("narration"),
              spec.licence(),
              spec.source(),
              entry.definedIn());
      case CatalogRecogniser(var spec, _, _) ->
          new ModelLine(
              spec.id(),
              spec.revision(),
              "recogniser",
              "whisper",
              entry.dtype(),
              spec.ref().sha256(),
              bytes(entry),
              2,
              List.of(),
              spec.licence(),
              spec.source(),
              entry.definedIn());
    };
  }

  private static long bytes(CatalogEntry entry) {
    return entry.allFiles().stream().mapToLong(ModelFile::bytes).sum();
  }
}
