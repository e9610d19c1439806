package dev.stemfleet.worker.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.catalog.ModelCatalog;
import dev.stemfleet.common.domain.ComplexParts;
import dev.stemfleet.common.domain.Exchange;
import dev.stemfleet.common.domain.ModelLayout;
import dev.stemfleet.common.domain.ModelSpec.Dtype;
import dev.stemfleet.common.domain.ModelSpec.Segments;
import dev.stemfleet.common.domain.SpectrumOutput;
import dev.stemfleet.common.domain.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Networks with the tensors that real ones have, from their files to the numbers that come out.
class LayoutsTest {
  private static final long SEED = 20260401;

  @TempDir private Path folder;
  private final ModelCache cache = new ModelCache(new Device.Cpu(), 1, InstantSource.system());
  private final Random random = new Random(SEED);

  @AfterEach
  void close() {
    cache.close();
  }

  static Stream<StubModel> stubs() {
    return LayoutStubs.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stubs")
  void aNetworkOfEveryLayoutIsBoundAndGivesWhatItShould(StubModel stub) throws IOException {
    check(stub, 1e-6);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stubs")
  void theOrderOfTensorsDoesNotMatter(StubModel stub) throws IOException {
    check(stub.style(stub.style().lastFirst()), 1e-6);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.stemfleet.worker.model.PublicNames#stubs")
  void namesOfPublicExportsDoNotMatter(StubModel stub) throws IOException {
    check(stub, StubChange.names(stub.in(folder), List.of(), List.of()), 1e-6);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stubs")
  void tensorsOfHalfPrecisionAreConverted(StubModel stub) throws IOException {
    check(stub.dtype(Dtype.FLOAT16), 4e-3);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stubs")
  void sizesThatTheFileLeavesOpenAreFilledIn(StubModel stub) throws IOException {
    long samples = stub.segments().samples();
    check(stub.style(stub.style().declaring(samples, -1).withFreeBatch()), 1e-6);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stubs")
  void aBatchHoldsSegmentsOneAfterTheOther(StubModel stub) throws IOException {
    if (stub.layout() instanceof ModelLayout.Spleeter) {
      return; // its axis 0 holds the channels
    }
    Segments one = stub.segments();
    check(
        stub.segments(
            new Segments(one.samples(), one.strideSamples(), one.window(), 0, one.border(), 3)),
        1e-6);
  }

  @Test
  void definitionsOfStubsAreReadAsTheyWereMade() throws IOException {
    for (StubModel stub : LayoutStubs.all().toList()) {
      CatalogModel written = stub.in(folder);

      assertThat(ModelCatalog.load(List.of(folder)).require("stub").spec())
          .isEqualTo(written.spec());
    }
  }

  private void check(StubModel stub, double error) throws IOException {
    check(stub, stub.in(folder), error);
  }

  private void check(StubModel stub, CatalogModel defined, double error) {
    ResidentModel model = cache.get(defined);
    for (Exchange exchange : model.exchanges()) {
      for (int network = 0; network < model.spec().files().size(); network++) {
        List<float[]> in =
            exchange.inputs(network).stream()
                .map(tensor -> ExchangeValues.noise(tensor, random))
                .toList();

        model.run(exchange, Set.of(network), stub.segments().batch());

        for (int role = 0; role < exchange.outputs(network).size(); role++) {
          checkOutput(stub, exchange, network, role, in, Offset.offset((float) error));
        }
      }
    }
  }

  private static void checkOutput(
      StubModel stub,
      Exchange exchange,
      int network,
      int role,
      List<float[]> in,
      Offset<Float> error) {
    Tensor tensor = exchange.outputs(network).get(role);
    List<String> stems = exchange.stems(network);
    float[] out = ExchangeValues.get(tensor);
    int batch = stub.segments().batch();
    int each = out.length / batch / stems.size();
    for (int probe = 0; probe < out.length; probe += 1 + out.length / 500) {
      int item = probe / (each * stems.size());
      String stem = stems.get(probe / each % stems.size());
      float gain = stub.gains().get(stub.stems().indexOf(stem));
      float[] heard = in.get(Math.min(role, in.size() - 1));
      float expected = expected(stub.layout(), role, heard, item * each, probe % each, gain);
      assertThat(out[probe]).as("seed %d, %s [%d]", SEED, stem, probe).isCloseTo(expected, error);
    }
  }

  private static float expected(
      ModelLayout layout, int role, float[] in, int item, int at, float gain) {
    return switch (layout) {
      case ModelLayout.Hybrid hybrid when role > 0 -> 0;
      case ModelLayout.Hybrid hybrid when hybrid.normalised() -> gain * normalised(in, item, at);
      case ModelLayout.Roformer roformer when roformer.output() == SpectrumOutput.MASK -> {
        boolean imaginary = roformer.parts() == ComplexParts.SPLIT ? role == 1 : at % 2 == 1;
        yield imaginary ? 0 : gain;
      }
      case ModelLayout.Roformer roformer when roformer.parts() == ComplexParts.FLAT ->
          gain * in[item + transposed(at)];
      default -> gain * in[item + at];
    };
  }

  /// From `[2050, T, 2]` to `[T, 2050, 2]`.
  private static int transposed(int at) {
    int frames = 11;
    int row = at / (2 * frames);
    int frame = at / 2 % frames;
    return (frame * 2050 + row) * 2 + at % 2;
  }

  private static float normalised(float[] in, int item, int at) {
    int size = 2 * 3000;
    double mean = 0;
    for (int i = 0; i < size; i++) {
      mean += in[item + i] / (double) size;
    }
    double squares = 0;
    for (int i = 0; i < size; i++) {
      squares += Math.pow(in[item + i] - mean, 2);
    }
    return (float) ((in[item + at] - mean) / (Math.sqrt(squares / (size - 1)) + 1e-5));
  }
}
