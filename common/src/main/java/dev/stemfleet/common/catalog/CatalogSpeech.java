package dev.stemfleet.common.catalog;

import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.domain.ModelRef;
import dev.stemfleet.common.domain.speech.SpeechSpec;
import java.util.List;

/// A speech model that can be used.
///
/// @param definition file name of the definition in its place
public record CatalogSpeech(SpeechSpec spec, ModelPlace place, String definition)
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
    return "speaks texts";
  }
}
