package dev.stemfleet.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.domain.Exchange;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.message.ModelFacts;
import dev.stemfleet.worker.model.graph.StubGraphs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCacheTest {
  private static final int SAMPLES = 1000;
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final byte[] GRAPH = StubGraphs.gains(SAMPLES, 0.1f, 0.2f, 0.3f, 0.4f);

  @TempDir private Path folder;
  private final ModelCache cache = new ModelCache(new Device.Cpu(), 1, InstantSource.fixed(NOW));

  @AfterEach
  void close() {
    cache.close();
  }

  @Test
  void manyWhoAskAtOnceGetOneModelThatWasLoadedOnce() throws Exception {
    // Given
    CatalogModel model = StubModel.in(folder, GRAPH, SAMPLES);
    int askers = 8;
    CyclicBarrier start = new CyclicBarrier(askers);
    Callable<ResidentModel> ask =
        () -> {
          start.await();
          return cache.get(model);
        };

    // When
    List<Future<ResidentModel>> answers;
    try (ExecutorService threads = Executors.newFixedThreadPool(askers)) {
      answers = threads.invokeAll(IntStream.range(0, askers).mapToObj(i -> ask).toList());
    }

    // Then
    assertThat(answers.stream().map(Future::resultNow).collect(Collectors.toSet())).hasSize(1);
    assertThat(cache.counts()).isEqualTo(new ModelCache.Counts(askers - 1, 1));
  }

  @Test
  void aResidentModelIsReadyAndTellsItsFacts() throws IOException {
    CatalogModel model = StubModel.in(folder, GRAPH, SAMPLES);

    ResidentModel resident = cache.get(model);
    Exchange exchange = resident.exchanges().getFirst();
    exchange.inputs(0).getFirst().put(7, new float[] {0.5f}, 0, 1);
    ExchangeValues.runAll(resident, exchange);
    resident.serveJob();

    float[] stems = ExchangeValues.get(exchange.outputs(0).getFirst());
    assertThat(stems[7]).isEqualTo(0.05f);
    assertThat(stems[3 * 2 * SAMPLES + 7]).isEqualTo(0.2f);
    ModelFacts facts = cache.facts(resident);
    assertThat(facts.id()).isEqualTo("stub");
    assertThat(facts.sha256()).isEqualTo(model.spec().files().getFirst().sha256());
    assertThat(facts.device()).isEqualTo("cpu");
    assertThat(facts.dtype()).isEqualTo("float32");
    assertThat(facts.residentSince()).isEqualTo(NOW);
    assertThat(facts.jobsServed()).isEqualTo(1);
    assertThat(facts.loadSeconds()).isPositive();
    assertThat(cache.facts()).containsExactly(facts);
  }

  @Test
  void otherBytesThanTheDefinitionSaysAreRefused() throws IOException {
    CatalogModel model = StubModel.in(folder, GRAPH, SAMPLES);
    byte[] changed = GRAPH.clone();
    changed[changed.length - 1] ^= 1;
    Files.write(folder.resolve("stub.onnx"), changed);

    assertRefused(model, "sha256 is", "its definition says");
  }

  @Test
  void aTruncatedFileIsRefused() throws IOException {
    CatalogModel model = StubModel.in(folder, GRAPH, SAMPLES);
    Files.write(folder.resolve("stub.onnx"), Arrays.copyOf(GRAPH, GRAPH.length / 2));

    assertRefused(model, "has %d bytes".formatted(GRAPH.length / 2), "says " + GRAPH.length);
  }

  @Test
  void aMissingFileIsRefused() throws IOException {
    CatalogModel model = StubModel.in(folder, GRAPH, SAMPLES);
    Files.delete(folder.resolve("stub.onnx"));

    assertRefused(model, "no such file", "stub.yaml");
  }

  @Test
  void aFileThatIsNoNetworkIsRefused() throws IOException {
    CatalogModel model =
        StubModel.in(folder, "not a network".getBytes(StandardCharsets.UTF_8), SAMPLES);

    assertRefused(model, "ONNX Runtime cannot load it");
  }

  @Test
  void aTruncatedNetworkThatTheDefinitionDescribesIsRefused() throws IOException {
    CatalogModel model = StubModel.in(folder, Arrays.copyOf(GRAPH, GRAPH.length - 40), SAMPLES);

    assertRefused(model, "ONNX Runtime cannot load it");
  }

  @Test
  void anotherSegmentLengthThanTheNetworkHasIsRefused() throws IOException {
    CatalogModel model = StubModel.in(folder, GRAPH, SAMPLES + 1);

    assertRefused(model, "input mix: shape is [1, 2, 1000]", "[1, 2, 1001]");
  }

  @Test
  void anotherNumberOfStemsThanTheNetworkHasIsRefused() throws IOException {
    CatalogModel model = StubModel.in(folder, StubGraphs.gains(SAMPLES, 0.5f, 0.5f), SAMPLES);

    assertRefused(model, "output stems: shape is [1, 2, 2, 1000]", "[1, 4, 2, 1000]");
  }

  @Test
  void aFailedLoadIsNotKept() throws IOException {
    CatalogModel model = StubModel.in(folder, GRAPH, SAMPLES);
    Path file = folder.resolve("stub.onnx");
    Files.delete(file);
    assertRefused(model, "no such file");

    Files.write(file, GRAPH);

    assertThat(cache.get(model).spec()).isEqualTo(model.spec());
    assertThat(cache.counts()).isEqualTo(new ModelCache.Counts(0, 2));
  }

  @Test
  void aDeviceWithoutItsLibrariesFailsLoudlyAndIsNotReplacedByTheProcessor() throws IOException {
    CatalogModel model = StubModel.in(folder, GRAPH, SAMPLES);
    try (ModelCache gpu = new ModelCache(new Device.Cuda(99), 0, InstantSource.system())) {
      assertThatExceptionOfType(JobException.class)
          .isThrownBy(() -> gpu.get(model))
          .withMessageStartingWith("device cuda:99: ")
          .withMessageContaining("onnxruntime_providers_cuda")
          .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.DEVICE_FAILED))
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }
  }

  @Test
  void aClosedCacheGivesNothing() throws IOException {
    CatalogModel model = StubModel.in(folder, GRAPH, SAMPLES);
    cache.get(model);

    cache.close();

    assertThat(cache.facts()).isEmpty();
    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> cache.get(model));
  }

  @Test
  void devicesAreSpelledCpuOrCudaWithANumber() {
    assertThat(Device.parse("cpu")).isEqualTo(new Device.Cpu());
    assertThat(Device.parse("cuda:1")).isEqualTo(new Device.Cuda(1));
    for (String wrong : List.of("", "gpu", "cuda", "cuda:", "cuda:-1", "CPU ")) {
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> Device.parse(wrong));
    }
  }

  private void assertRefused(CatalogModel model, String... parts) {
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> cache.get(model))
        .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.MODEL_BROKEN))
        .satisfies(
            e ->
                assertThat(e.getMessage())
                    .startsWith(folder.resolve("stub.onnx") + ": ")
                    .contains(parts)
                    .doesNotContain("\n"));
    assertThat(cache.facts()).isEmpty();
  }
}
