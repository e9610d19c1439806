package dev.stemfleet.worker.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.catalog.ModelCatalog;
import dev.stemfleet.common.catalog.ModelPlace;
import dev.stemfleet.common.domain.Exchange;
import dev.stemfleet.worker.model.graph.BuiltinFiles;
import dev.stemfleet.worker.model.graph.BuiltinGraph;
import java.io.IOException;
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
      Exchange exchange = resident.exchanges().getFirst();
      int floats = 2 * resident.spec().segments().samples();
      float[] mix = new float[floats];
      Random random = new Random(7);
      for (int i = 0; i < floats; i++) {
        mix[i] = (float) (0.2 * random.nextGaussian());
      }
      ExchangeValues.put(exchange.inputs(0).getFirst(), mix);

      ExchangeValues.runAll(resident, exchange);

      float[] stems = ExchangeValues.get(exchange.outputs(0).getFirst());
      float worst = 0;
      for (int i = 0; i < floats; i++) {
        worst = Math.max(worst, Math.abs(mix[i] - sum(stems, i)));
      }
      assertThat(worst).isLessThan(1e-6f);
    }
  }

  @Test
  void silenceStaysSilence() {
    CatalogModel model = ModelCatalog.load(List.of(FOLDER)).require("builtin");
    try (ModelCache cache = new ModelCache(new Device.Cpu(), 0, InstantSource.system())) {
      ResidentModel resident = cache.get(model);

      Exchange exchange = resident.exchanges().getFirst();

      ExchangeValues.runAll(resident, exchange);

      float loudest = 0;
      for (float value : ExchangeValues.get(exchange.outputs(0).getFirst())) {
        loudest = Math.max(loudest, Math.abs(value));
      }
      assertThat(loudest).isZero();
    }
  }

  private static float sum(float[] stems, int i) {
    int size = stems.length / 4;
    return stems[i] + stems[size + i] + stems[2 * size + i] + stems[3 * size + i];
  }
}
