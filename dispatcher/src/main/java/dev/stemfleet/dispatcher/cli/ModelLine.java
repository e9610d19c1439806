package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.domain.ModelSpec;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What commands tell of a model, as JSON.
///
/// @param sha256 of its file, or over those of all its files
/// @param bytes of all its files
record ModelLine(
    String id,
    int revision,
    String layout,
    String dtype,
    String sha256,
    long bytes,
    int files,
    List<String> stems,
    String licence,
    String source,
    String definedIn) {

  static ModelLine of(CatalogModel model) {
    ModelSpec spec = model.spec();
    return new ModelLine(
        spec.id(),
        spec.revision(),
        spec.layout().key(),
        spec.dtype().name().toLowerCase(Locale.ROOT),
        spec.ref().sha256(),
        Stream.concat(spec.files().stream(), spec.sideFiles().stream())
            .mapToLong(ModelFile::bytes)
            .sum(),
        spec.files().size(),
        spec.stems(),
        spec.licence(),
        spec.source(),
        model.definedIn());
  }
}
