package dev.stemfleet.common.catalog;

import dev.stemfleet.common.domain.ModelSpec;

/// A model that can be used: what its definition says and where its files lie. The files themselves
/// have not been looked at yet.
///
/// @param definition file name of the definition in its place
public record CatalogModel(ModelSpec spec, ModelPlace place, String definition) {
  /// How messages name the definition.
  public String definedIn() {
    return place.name(definition);
  }
}
