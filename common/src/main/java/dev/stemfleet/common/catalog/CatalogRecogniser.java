package dev.stemfleet.common.catalog;

import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.domain.ModelRef;
import dev.stemfleet.common.domain.speech.RecogniserSpec;
import java.util.List;

/// A recogniser that can be used.
///
/// @param definition file name of the definition in its place
public record CatalogRecogniser(RecogniserSpec spec, ModelPlace place, String definition)
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
    return spec.variant();
  }

  @Override
  public List<ModelFile> allFiles() {
    return spec.allFiles();
  }

  @Override
  public String purpose() {
    return "writes down what is said";
  }
}
