package dev.stemfleet.common.catalog;

import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.domain.ModelRef;
import java.util.List;

/// A model that can be used, of whatever kind: what its definition says and where its files lie.
/// The files themselves have not been looked at yet.
public sealed interface CatalogEntry permits CatalogModel, CatalogSpeech, CatalogRecogniser {
  String id();

  ModelRef ref();

  /// Type of its numbers, as `float32` or `q4`.
  String dtype();

  /// Every file that the definition names, those that networks read by themselves included.
  List<ModelFile> allFiles();

  ModelPlace place();

  /// File name of the definition in its place.
  String definition();

  /// What it does, as the rest of a sentence about it.
  String purpose();

  /// How messages name the definition.
  default String definedIn() {
    return place().name(definition());
  }
}
