package dev.stemfleet.common.catalog;

import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.domain.ModelRef;
import dev.stemfleet.common.domain.ModelSpec;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// A separation model that can be used.
///
/// @param definition file name of the definition in its place
public record CatalogModel(ModelSpec spec, ModelPlace place, String definition)
    implements CatalogEntry {
  @Override
  public String id() {
    return spec.id();
  }

  @Override
  public ModelRef ref() {
    return spec.ref();
  }

  @Override
  public String dtype() {
    return spec.dtype().name().toLowerCase(Locale.ROOT);
  }

  @Override
  public List<ModelFile> allFiles() {
    return Stream.concat(spec.files().stream(), spec.sideFiles().stream()).toList();
  }

  @Override
  public String purpose() {
    return "separates tracks";
  }
}
