package dev.stemfleet.worker.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.catalog.ModelCatalog;
import dev.stemfleet.common.catalog.ModelPlace;
import dev.stemfleet.worker.model.graph.BuiltinFiles;
import dev.stemfleet.worker.model.graph.BuiltinGraph;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BuiltinModelFileTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("stemfleet.home"), "assets", "models");

  @BeforeAll
  static void writeAgainOnRequest() throws IOException {
    if (Boolean.getBoolean("stemfleet.regenerate")) {
      BuiltinFiles.write(FOLDER);
    }
  }

  @Test
  void theCommittedFilesAreWhatTheGeneratorWrites() throws IOException {
    byte[] graph = BuiltinGraph.toBytes();

    assertThat(Files.readAllBytes(FOLDER.resolve("builtin.onnx"))).isEqualTo(graph);
    assertThat(Files.readString(FOLDER.resolve("builtin.yaml")))
        .isEqualTo(BuiltinFiles.definition(graph));
  }

  @Test
  void aWorkerWithoutAnAssetsFolderHasItFromItsClassPath() {
    ModelCatalog catalog = ModelCatalog.load(List.of());

    CatalogModel model = catalog.require("builtin");

    assertThat(model.place()).isInstanceOf(ModelPlace.ClassPath.class);
    ModelCheck check = ModelCheck.of(model, new Device.Cpu(), 0);
    check.lines().forEach(System.out::println);
    assertThat(check.spec().stems()).containsExactly("vocals", "drums", "bass", "other");
    assertThat(check.facts().sha256()).isEqualTo(model.spec().files().getFirst().sha256());
  }

  @Test
  void stemsOfASegmentAddUpToItRightToItsEdges() {
    CatalogModel model = ModelCatalog.load(List.of(FOLDER)).require("builtin");
    try (ModelCache cache = new ModelCache(new Device.Cpu(), 0, InstantSource.system())) {
      ResidentModel resident = cache.get(model);
      int floats = resident.input().capacity();
      Random random = new Random(7);
      for (int i = 0; i < floats; i++) {
        resident.input().put(i, (float) (0.2 * random.nextGaussian()));
      }

      resident.run();

      float worst = 0;
      for (int i = 0; i < floats; i++) {
        worst = Math.max(worst, Math.abs(resident.input().get(i) - sum(resident.output(), i)));
      }
      assertThat(worst).isLessThan(1e-6f);
    }
  }

  @Test
  void silenceStaysSilence() {
    CatalogModel model = ModelCatalog.load(List.of(FOLDER)).require("builtin");
    try (ModelCache cache = new ModelCache(new Device.Cpu(), 0, InstantSource.system())) {
      ResidentModel resident = cache.get(model);

      resident.run();

      float loudest = 0;
      for (int i = 0; i < resident.output().capacity(); i++) {
        loudest = Math.max(loudest, Math.abs(resident.output().get(i)));
      }
      assertThat(loudest).isZero();
    }
  }

  private static float sum(FloatBuffer stems, int i) {
    int size = stems.capacity() / 4;
    return stems.get(i) + stems.get(size + i) + stems.get(2 * size + i) + stems.get(3 * size + i);
  }
}
