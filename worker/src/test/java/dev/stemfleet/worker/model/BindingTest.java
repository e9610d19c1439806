package dev.stemfleet.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.domain.ComplexParts;
import dev.stemfleet.common.domain.Exchange;
import dev.stemfleet.common.domain.MagnitudeFilter;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.ModelSpec.Dtype;
import dev.stemfleet.common.domain.ModelSpec.Segments;
import dev.stemfleet.common.domain.ModelSpec.Window;
import dev.stemfleet.common.domain.SpectrumOutput;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.message.GraphFacts;
import dev.stemfleet.worker.model.StubModel.Bag;
import dev.stemfleet.worker.model.graph.StubGraphs;
import dev.stemfleet.worker.model.graph.StubStyle;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Networks that do not fit their definitions are refused in one line that names file and tensor.
class BindingTest {
  @TempDir private Path folder;
  private final ModelCache cache = new ModelCache(new Device.Cpu(), 1, InstantSource.system());

  @AfterEach
  void close() {
    cache.close();
  }

  @Test
  void oneWrongSizeIsRefused() throws IOException {
    assertRefused(
        declaring(LayoutStubs.waveform(), 1000, 1001),
        "stub.onnx: input in0: shape is [1, 2, 1001]",
        "give [1, 2, 1000]");
    assertRefused(
        declaring(LayoutStubs.hybrid(ComplexParts.CHANNELS), 2048, 2047),
        "stub.onnx: input in1: shape is [1, 4, 2047, 3]",
        "give [1, 4, 2048, 3]");
    assertRefused(
        declaring(LayoutStubs.foldedHybrid(true), 3, 4), "input in1: shape is [1, 4, 2048, 4]");
    assertRefused(
        declaring(LayoutStubs.mdxNet(), 9, 8),
        "stub-drums.onnx: input in0: shape is [1, 4, 2048, 8]",
        "give [1, 4, 2048, 9]");
    assertRefused(declaring(LayoutStubs.mdx23c(), 1024, 1025), "shape is [1, 4, 1025, 9]");
    assertRefused(
        declaring(LayoutStubs.openUnmix(MagnitudeFilter.RATIO), 2049, 2048),
        "shape is [1, 2, 2048, 9]",
        "give [1, 2, 2049, 9]");
    assertRefused(declaring(LayoutStubs.spleeter(true), 512, 256), "shape is [2, 1, 256, 1024]");
  }

  @Test
  void oneWrongSizeOfANamedTensorIsRefused() throws IOException {
    StubModel stub = LayoutStubs.roformer(ComplexParts.SPLIT, SpectrumOutput.SPECTRUM);

    assertRefused(
        stub.style(stub.style().declaring(1025, 1024)),
        "input spec_real: shape is [1, 2, 1024, 11]",
        "give [1, 2, 1025, 11]");
  }

  @Test
  void partsOnAnotherAxisThanTheDefinitionSaysAreRefused() throws IOException {
    CatalogModel pairs = LayoutStubs.hybrid(ComplexParts.PAIRS).in(folder);
    CatalogModel last = StubChange.layout(pairs, LayoutStubs.hybrid(ComplexParts.LAST).layout());

    assertRefused(last, "input in1: shape is [1, 2, 2, 2048, 3]", "give [1, 2, 2048, 3, 2]");
  }

  @Test
  void anotherTypeThanTheDefinitionSaysIsRefused() throws IOException {
    CatalogModel half = LayoutStubs.waveform().dtype(Dtype.FLOAT16).in(folder);

    assertRefused(
        StubChange.dtype(half, Dtype.FLOAT32),
        "stub.onnx: input in0: is float16, dtype of the definition is float32");
  }

  @Test
  void anotherNumberOfTensorsThanTheLayoutHasIsRefused() throws IOException {
    CatalogModel hybrid = LayoutStubs.hybrid(ComplexParts.CHANNELS).in(folder);

    assertRefused(
        StubChange.layout(hybrid, LayoutStubs.waveform().layout()),
        "inputs: a network of layout waveform has 1, this has 2: in0 [1, 2, 3000], in1");
  }

  @Test
  void aNameThatTheNetworkDoesNotHaveIsRefused() throws IOException {
    StubModel stub = LayoutStubs.roformer(ComplexParts.SPLIT, SpectrumOutput.MASK);
    CatalogModel model =
        StubChange.names(
            stub.in(folder), List.of("spec_real", "spec_imaginary"), stub.style().outputs());

    assertRefused(model, "inputs: there is no input spec_imaginary, there are spec_real [1, 2,");
  }

  @Test
  void namesInTheOtherOrderAreBoundInTheOtherOrder() throws IOException {
    StubModel stub = LayoutStubs.roformer(ComplexParts.SPLIT, SpectrumOutput.MASK);
    CatalogModel model =
        StubChange.names(stub.in(folder), stub.style().inputs(), stub.style().outputs().reversed());

    ResidentModel resident = cache.get(model);
    Exchange exchange = resident.exchanges().getFirst();
    ExchangeValues.runAll(resident, exchange);

    assertThat(ExchangeValues.get(exchange.outputs(0).get(0))[0]).isZero();
    assertThat(ExchangeValues.get(exchange.outputs(0).get(1))[0]).isEqualTo(0.1f);
  }

  @Test
  void tensorsOfOneShapeNeedNames() throws IOException {
    StubModel stub = LayoutStubs.hybrid(ComplexParts.SPLIT);
    CatalogModel model = stub.in(folder);

    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> StubChange.names(model, List.of(), stub.style().outputs()))
        .withMessageContaining("files[0].inputs: must name 3 tensors");
  }

  @Test
  void anOpenNumberOfStemsInABagIsRefused() throws IOException {
    ModelSpec bag = LayoutStubs.waveform().bag(Bag.ALL_STEMS_EACH).in(folder).spec();
    GraphFacts open =
        new GraphFacts(
            List.of(new GraphFacts.Tensor("mix", "float32", List.of(1L, 2L, 1000L))),
            List.of(new GraphFacts.Tensor("stems", "float32", List.of(1L, -1L, 2L, 1000L))),
            Map.of(),
            List.of());

    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> Binding.of(open, bag, 0, "stub-drums.onnx"))
        .withMessage(
            "stub-drums.onnx: outputs: their axis of stems has no fixed size; it may hold [drums]"
                + " or [drums, bass, other, vocals]");
  }

  @Test
  void anotherBatchThanTheFileFixesIsRefused() throws IOException {
    CatalogModel one = LayoutStubs.waveform().in(folder);

    assertRefused(
        StubChange.batch(one, 2), "input in0: shape is [1, 2, 1000]", "give [2, 2, 1000]");
  }

  @Test
  void sizesThatTurnOutOtherwiseWhenItRunsAreRefused() throws IOException {
    Segments segments = new Segments(1000, 1000, Window.FLAT);

    assertRefused(
        StubModel.in(folder, StubGraphs.shorter(), List.of("vocals"), segments),
        "stub.onnx: cannot be run: ");
  }

  private StubModel declaring(StubModel stub, long size, long instead) {
    return stub.style(StubStyle.PLAIN.declaring(size, instead));
  }

  private void assertRefused(StubModel stub, String... parts) throws IOException {
    assertRefused(stub.in(folder), parts);
  }

  private void assertRefused(CatalogModel model, String... parts) {
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> cache.get(model))
        .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.MODEL_BROKEN))
        .satisfies(
            e ->
                assertThat(e.getMessage())
                    .startsWith(folder.toString())
                    .contains(parts)
                    .doesNotContain("\n"));
    assertThat(cache.facts()).isEmpty();
  }
}
