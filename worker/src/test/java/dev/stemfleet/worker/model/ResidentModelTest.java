package dev.stemfleet.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.domain.Exchange;
import dev.stemfleet.common.domain.ModelSpec.Dtype;
import dev.stemfleet.common.domain.ModelSpec.Segments;
import dev.stemfleet.common.domain.ModelSpec.Window;
import dev.stemfleet.common.domain.Tensor;
import dev.stemfleet.common.domain.TensorShape;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.worker.model.StubModel.Bag;
import dev.stemfleet.worker.model.graph.StubGraphs;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResidentModelTest {
  private static final int SAMPLES = 1000;

  @TempDir private Path folder;
  private final ModelCache cache = new ModelCache(new Device.Cpu(), 1, InstantSource.system());

  @AfterEach
  void close() {
    cache.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = Bag.class,
      names = {"ALL_STEMS_EACH", "OWN_STEM_EACH"})
  void aBagRunsOnlyTheNetworksThatAreWanted(Bag bag) throws IOException {
    StubModel stub = LayoutStubs.waveform().bag(bag);
    ResidentModel model = cache.get(stub.in(folder));
    Exchange exchange = model.exchanges().get(1);
    ExchangeValues.noise(exchange.inputs(0).getFirst(), new Random(1));

    model.run(exchange, Set.of(1, 3), 1);

    float heard = ExchangeValues.get(exchange.inputs(0).getFirst())[0];
    for (int network = 0; network < 4; network++) {
      int stem = exchange.stems(network).indexOf(StubModel.STEMS.get(network));
      float given = ExchangeValues.get(exchange.outputs(network).getFirst())[stem * 2 * SAMPLES];
      boolean ran = network == 1 || network == 3;
      assertThat(given).isEqualTo(ran ? heard * StubModel.GAINS.get(network) : 0f);
    }
  }

  @Test
  void networksThatHearTheSameShareTheirInputs() throws IOException {
    Exchange bag =
        cache.get(LayoutStubs.waveform().bag(Bag.OWN_STEM_EACH).in(folder)).exchanges().getFirst();

    assertThat(bag.inputs(3).getFirst()).isSameAs(bag.inputs(0).getFirst());
    assertThat(bag.outputs(3).getFirst()).isNotSameAs(bag.outputs(0).getFirst());
  }

  @Test
  void networksOfAnotherTransformHaveInputsOfTheirOwn() throws IOException {
    Exchange mdx = cache.get(LayoutStubs.mdxNet().in(folder)).exchanges().getFirst();

    assertThat(mdx.inputs(1).getFirst()).isNotSameAs(mdx.inputs(0).getFirst());
    assertThat(mdx.inputs(3).getFirst()).isSameAs(mdx.inputs(1).getFirst());
  }

  @Test
  void exchangesDoNotTouchEachOther() throws IOException {
    ResidentModel model = cache.get(LayoutStubs.waveform().in(folder));
    assertThat(model.exchanges()).hasSize(3);
    for (Exchange exchange : model.exchanges()) {
      float value = 1 + model.exchanges().indexOf(exchange);
      exchange.inputs(0).getFirst().put(0, new float[] {value}, 0, 1);
    }

    model.exchanges().forEach(exchange -> ExchangeValues.runAll(model, exchange));

    for (Exchange exchange : model.exchanges()) {
      float value = 1 + model.exchanges().indexOf(exchange);
      assertThat(ExchangeValues.get(exchange.outputs(0).getFirst())[0]).isEqualTo(0.1f * value);
    }
  }

  @Test
  void anExchangeOfAnotherModelIsRefused() throws IOException {
    ResidentModel one = cache.get(LayoutStubs.waveform().in(folder));
    ResidentModel other = cache.get(LayoutStubs.mdx23c().in(folder));

    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> one.run(other.exchanges().getFirst(), Set.of(0), 1));
  }

  @Test
  void memoryOfAClosedModelIsGone() throws IOException {
    Exchange exchange = cache.get(LayoutStubs.waveform().in(folder)).exchanges().getFirst();

    cache.close();

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> ExchangeValues.get(exchange.inputs(0).getFirst()));
  }

  @ParameterizedTest
  @EnumSource(value = Dtype.class, mode = EnumSource.Mode.EXCLUDE, names = "MIXED")
  void tensorsAreWrittenAndReadInPartsOfAnySize(Dtype dtype) {
    try (Arena arena = Arena.ofConfined()) {
      Tensor tensor = HostTensor.allocate(arena, TensorShape.of(1, 10_000), dtype);
      float[] values = new float[10_000];
      for (int i = 0; i < values.length; i++) {
        values[i] = (i % 2000 - 1000) / 8f;
      }

      tensor.put(3, values, 7, 9000);
      float[] read = new float[9500];
      tensor.get(1, read, 100, 9100);

      assertThat(read[101]).isZero();
      assertThat(Arrays.copyOfRange(read, 102, 9102))
          .containsExactly(Arrays.copyOfRange(values, 7, 9007));
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> tensor.put(1001, values, 0, 9000));
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> tensor.get(0, read, 9000, 501));
    }
  }

  @Test
  void everyTensorMayHaveATypeOfItsOwn() throws IOException {
    CatalogModel mixed =
        StubChange.dtype(
            StubModel.in(folder, StubGraphs.gainsInHalves(1000, 0.5f, 0.25f, 0.25f, 1), 1000),
            Dtype.MIXED);
    ResidentModel model = cache.get(mixed);
    Exchange exchange = model.exchanges().getFirst();
    float[] in = ExchangeValues.noise(exchange.inputs(0).getFirst(), new Random(5));

    ExchangeValues.runAll(model, exchange);

    float[] out = ExchangeValues.get(exchange.outputs(0).getFirst());
    assertThat(model.dtype()).isEqualTo("mixed");
    for (int i = 0; i < 2000; i++) {
      assertThat(out[2000 + i]).isEqualTo(half(0.25f * in[i]));
      assertThat(out[6000 + i]).isEqualTo(half(in[i]));
    }
  }

  private static float half(float value) {
    return Float.float16ToFloat(Float.floatToFloat16(value));
  }

  @Test
  void aBatchThatDoesNotFitIntoMemoryIsRunInParts() throws IOException {
    ResidentModel model = cache.get(hungry(12, 3));

    Exchange exchange = model.exchanges().getFirst();
    float[] in = ExchangeValues.noise(exchange.inputs(0).getFirst(), new Random(2));
    ExchangeValues.runAll(model, exchange);

    // Of 12, 6 and 3 the last is what there is room for.
    assertThat(model.batch()).isEqualTo(3);
    float[] out = ExchangeValues.get(exchange.outputs(0).getFirst());
    for (int segment = 0; segment < 12; segment++) {
      assertThat(out[segment * 2 * SAMPLES]).isEqualTo(0.5f * in[segment * 2 * SAMPLES]);
    }
  }

  @Test
  void inPartsOnlySegmentsThatThereAreAreRun() throws IOException {
    ResidentModel model = cache.get(hungry(4, 1));
    Exchange exchange = model.exchanges().getLast();
    ExchangeValues.noise(exchange.inputs(0).getFirst(), new Random(3));

    model.run(exchange, Set.of(0), 2);

    float[] out = ExchangeValues.get(exchange.outputs(0).getFirst());
    assertThat(out[2 * SAMPLES]).isNotZero();
    assertThat(out[2 * 2 * SAMPLES]).isZero();
  }

  @Test
  void tooLittleMemoryForOneSegmentIsSaid() throws IOException {
    CatalogModel model = hungry(2, 0);

    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> cache.get(model))
        .satisfies(
            e ->
                assertThat(e.code())
                    .as(e.getMessage())
                    .isEqualTo(FailureCode.DEVICE_OUT_OF_MEMORY));
  }

  @Test
  void weightsInAFileBesideAreFoundAndChecked() throws IOException {
    CatalogModel model = StubWeights.beside(folder);
    Path weights = folder.resolve("stub.onnx.data");

    ResidentModel resident = cache.get(model);
    Exchange exchange = resident.exchanges().getFirst();
    ExchangeValues.put(exchange.inputs(0).getFirst(), new float[2 * SAMPLES]);
    exchange.inputs(0).getFirst().put(0, new float[] {1}, 0, 1);
    ExchangeValues.runAll(resident, exchange);
    assertThat(ExchangeValues.get(exchange.outputs(0).getFirst())[2 * SAMPLES]).isEqualTo(0.2f);
    assertThat(model.spec().ref().sha256()).isNotEqualTo(model.spec().files().getFirst().sha256());

    byte[] bytes = Files.readAllBytes(weights);
    bytes[0] ^= 1;
    Files.write(weights, bytes);
    assertRefused(model, weights + ": sha256 is");

    Files.delete(weights);
    assertRefused(model, weights + ": no such file, but ");
  }

  @Test
  void weightsInAFileThatTheDefinitionDoesNotNameAreNotRead() throws IOException {
    CatalogModel model = StubWeights.beside(folder);

    assertRefused(
        StubChange.sideFiles(model, List.of()),
        folder.resolve("stub.onnx")
            + ": reads weights from stub.onnx.data, which sideFiles of "
            + folder.resolve("stub.yaml"));
  }

  private void assertRefused(CatalogModel model, String start) {
    try (ModelCache fresh = new ModelCache(new Device.Cpu(), 1, InstantSource.system())) {
      assertThatExceptionOfType(JobException.class)
          .isThrownBy(() -> fresh.get(model))
          .withMessageStartingWith(start)
          .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.MODEL_BROKEN))
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }
  }

  /// A network that wants more memory than any machine has for more than `room` segments.
  private CatalogModel hungry(int batch, int room) throws IOException {
    Segments one = new Segments(SAMPLES, SAMPLES, Window.FLAT);
    CatalogModel model =
        StubModel.in(folder, StubGraphs.hungry(SAMPLES, room), List.of("vocals"), one);
    return StubChange.batch(model, batch);
  }
}
