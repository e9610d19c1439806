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
import dev.stemfleet.fixture.ModelYaml;
import dev.stemfleet.worker.model.graph.BuiltinFiles;
import dev.stemfleet.worker.model.graph.OnnxGraph.ElementType;
import dev.stemfleet.worker.model.graph.StubGraph;
import dev.stemfleet.worker.model.graph.StubStyle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Networks made by tests, of any layout and with a known answer (see [StubGraph]), and their
/// definitions. `StubModel.of(layout, segments)…​.in(folder)` writes and defines one rightly.
///
/// @param gains of the stems, in their order
/// @param bag whether there is one network a stem; always so where the layout wants it
/// @param style what differs between exports of the same network
public record StubModel(
    ModelLayout layout,
    Segments segments,
    List<String> stems,
    List<Float> gains,
    Dtype dtype,
    Treatment treatment,
    Bag bag,
    StubStyle style) {
  public static final List<String> STEMS = List.of("drums", "bass", "other", "vocals");
  public static final List<Float> GAINS = List.of(0.1f, 0.2f, 0.3f, 0.4f);

  /// What no stem of a bag may be multiplied by: the gain where a network gives a stem that is
  /// taken from another one.
  public static final float WRONG_GAIN = 9;

  /// How many networks there are, and what they give.
  public enum Bag {
    ONE_NETWORK,
    /// A network a stem; each gives all stems, all but one wrongly.
    ALL_STEMS_EACH,
    /// A network a stem, which gives that.
    OWN_STEM_EACH
  }

  /// Four stems that sum to what came in, one network or one a stem as the layout wants it,
  /// float32.
  public static StubModel of(ModelLayout layout, Segments segments) {
    boolean oneStemEach =
        switch (layout) {
          case ModelLayout.MdxNet _, ModelLayout.OpenUnmix _, ModelLayout.Spleeter _ -> true;
          case ModelLayout.Waveform _, ModelLayout.Hybrid _ -> false;
          case ModelLayout.Mdx23c _, ModelLayout.Roformer _ -> false;
        };
    return new StubModel(
        layout,
        segments,
        STEMS,
        GAINS,
        Dtype.FLOAT32,
        Treatment.NONE,
        oneStemEach ? Bag.OWN_STEM_EACH : Bag.ONE_NETWORK,
        StubStyle.PLAIN);
  }

  public StubModel stems(List<String> stems, List<Float> gains) {
    return new StubModel(layout, segments, stems, gains, dtype, treatment, bag, style);
  }

  public StubModel segments(Segments segments) {
    return new StubModel(layout, segments, stems, gains, dtype, treatment, bag, style);
  }

  public StubModel dtype(Dtype dtype) {
    return new StubModel(layout, segments, stems, gains, dtype, treatment, bag, style);
  }

  public StubModel treatment(Treatment treatment) {
    return new StubModel(layout, segments, stems, gains, dtype, treatment, bag, style);
  }

  public StubModel bag(Bag bag) {
    return new StubModel(layout, segments, stems, gains, dtype, treatment, bag, style);
  }

  public StubModel style(StubStyle style) {
    return new StubModel(layout, segments, stems, gains, dtype, treatment, bag, style);
  }

  /// Writes the networks' files and the definition, `stub.yaml`.
  public CatalogModel in(Path folder) throws IOException {
    List<ModelFile> files = new ArrayList<>();
    if (bag == Bag.ONE_NETWORK) {
      files.add(write(folder, "stub.onnx", graph(gains), List.of()));
    } else {
      for (int stem = 0; stem < stems.size(); stem++) {
        String name = stems.get(stem);
        files.add(write(folder, "stub-" + name + ".onnx", graph(own(stem)), List.of(name)));
      }
    }
    ModelSpec spec = spec(files);
    ModelYaml.write(folder.resolve("stub.yaml"), spec);
    return new CatalogModel(spec, new ModelPlace.Folder(folder), "stub.yaml");
  }

  private List<Float> own(int stem) {
    if (bag == Bag.OWN_STEM_EACH) {
      return List.of(gains.get(stem));
    }
    List<Float> all = new ArrayList<>();
    gains.forEach(_ -> all.add(WRONG_GAIN));
    all.set(stem, gains.get(stem));
    return all;
  }

  private byte[] graph(List<Float> gains) {
    float[] array = new float[gains.size()];
    for (int stem = 0; stem < array.length; stem++) {
      array[stem] = gains.get(stem);
    }
    return StubGraph.toBytes(layout, segments, ElementType.valueOf(dtype.name()), array, style);
  }

  private ModelFile write(Path folder, String path, byte[] graph, List<String> stems)
      throws IOException {
    Files.write(folder.resolve(path), graph);
    return new ModelFile(
        path, BuiltinFiles.sha256(graph), graph.length, stems, style.inputs(), style.outputs());
  }

  private ModelSpec spec(List<ModelFile> files) {
    return new ModelSpec(
        "stub",
        1,
        layout,
        files,
        List.of(),
        stems,
        new ModelSpec.Sound(44_100, 2),
        dtype,
        segments,
        treatment,
        "none",
        "made by a test");
  }

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
