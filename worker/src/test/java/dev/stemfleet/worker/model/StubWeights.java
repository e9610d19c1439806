package dev.stemfleet.worker.model;

import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.fixture.ModelYaml;
import dev.stemfleet.worker.model.graph.BuiltinFiles;
import dev.stemfleet.worker.model.graph.StubGraphs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A network whose weights lie in a file beside it: the gains of [StubModel#GAINS].
public final class StubWeights {
  public static final String FILE = "stub.onnx.data";
  private static final int SAMPLES = 1000;

  private StubWeights() {}

  /// Writes both files and the definition, `stub.yaml`.
  public static CatalogModel beside(Path folder) throws IOException {
    ByteBuffer weights = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    StubModel.GAINS.forEach(weights::putFloat);
    Files.write(folder.resolve(FILE), weights.array());
    byte[] graph = StubGraphs.gainsBeside(SAMPLES, StubModel.STEMS.size(), FILE);
    CatalogModel model =
        StubChange.sideFiles(
            StubModel.in(folder, graph, SAMPLES),
            List.of(new ModelFile(FILE, BuiltinFiles.sha256(weights.array()), weights.capacity())));
    ModelYaml.write(folder.resolve("stub.yaml"), model.spec());
    return model;
  }
}
