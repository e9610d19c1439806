package dev.stemfleet.worker.model;

import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.domain.ModelLayout;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.ModelSpec.Dtype;
import dev.stemfleet.common.domain.ModelSpec.Segments;
import java.util.List;

/// Definitions that say something else than their networks' files.
final class StubChange {
  private StubChange() {}

  static CatalogModel layout(CatalogModel model, ModelLayout layout) {
    ModelSpec spec = model.spec();
    return with(model, layout, spec.files(), List.of(), spec.dtype(), spec.segments());
  }

  static CatalogModel dtype(CatalogModel model, Dtype dtype) {
    ModelSpec spec = model.spec();
    return with(model, spec.layout(), spec.files(), List.of(), dtype, spec.segments());
  }

  static CatalogModel names(CatalogModel model, List<String> inputs, List<String> outputs) {
    ModelSpec spec = model.spec();
    ModelFile file = spec.files().getFirst();
    ModelFile named =
        new ModelFile(file.path(), file.sha256(), file.bytes(), file.stems(), inputs, outputs);
    return with(model, spec.layout(), List.of(named), List.of(), spec.dtype(), spec.segments());
  }

  static CatalogModel batch(CatalogModel model, int batch) {
    ModelSpec spec = model.spec();
    Segments segments = spec.segments();
    Segments changed =
        new Segments(
            segments.samples(),
            segments.strideSamples(),
            segments.window(),
            segments.fadeSamples(),
            segments.border(),
            batch);
    return with(model, spec.layout(), spec.files(), List.of(), spec.dtype(), changed);
  }

  static CatalogModel sideFiles(CatalogModel model, List<ModelFile> sideFiles) {
    ModelSpec spec = model.spec();
    return with(model, spec.layout(), spec.files(), sideFiles, spec.dtype(), spec.segments());
  }

  private static CatalogModel with(
      CatalogModel model,
      ModelLayout layout,
      List<ModelFile> files,
      List<ModelFile> sideFiles,
      Dtype dtype,
      Segments segments) {
    ModelSpec spec = model.spec();
    ModelSpec changed =
        new ModelSpec(
            spec.id(),
            spec.revision(),
            layout,
            files,
            sideFiles,
            spec.stems(),
            spec.sound(),
            dtype,
            segments,
            spec.treatment(),
            spec.licence(),
            spec.source());
    return new CatalogModel(changed, model.place(), model.definition());
  }
}
