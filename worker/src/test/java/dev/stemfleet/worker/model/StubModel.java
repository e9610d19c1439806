package dev.stemfleet.worker.model;

import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.catalog.ModelPlace;
import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.domain.ModelLayout;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.ModelSpec.Dtype;
import dev.stemfleet.common.domain.ModelSpec.Segments;
import dev.stemfleet.common.domain.ModelSpec.TrackNormalisation;
import dev.stemfleet.common.domain.ModelSpec.Treatment;
import dev.stemfleet.common.domain.ModelSpec.Window;
import dev.stemfleet.worker.model.graph.BuiltinFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Definitions for networks made by tests.
public final class StubModel {
  public static final List<String> STEMS = List.of("drums", "bass", "other", "vocals");

  private StubModel() {}

  /// Writes a network's file and defines it rightly.
  public static CatalogModel in(Path folder, byte[] graph, int samples) throws IOException {
    return in(folder, graph, STEMS, new Segments(samples, samples, Window.FLAT));
  }

  public static CatalogModel in(Path folder, byte[] graph, List<String> stems, Segments segments)
      throws IOException {
    Files.write(folder.resolve("stub.onnx"), graph);
    ModelFile file = new ModelFile("stub.onnx", BuiltinFiles.sha256(graph), graph.length);
    return new CatalogModel(
        spec(file, stems, segments, TrackNormalisation.NONE),
        new ModelPlace.Folder(folder),
        "stub.yaml");
  }

  public static ModelSpec spec(
      ModelFile file, List<String> stems, Segments segments, TrackNormalisation normalisation) {
    return new ModelSpec(
        "stub",
        1,
        new ModelLayout.Waveform(),
        List.of(file),
        List.of(),
        stems,
        new ModelSpec.Sound(44_100, 2),
        Dtype.FLOAT32,
        segments,
        new Treatment(normalisation, 0, false),
        "none",
        "made by a test");
  }
}
