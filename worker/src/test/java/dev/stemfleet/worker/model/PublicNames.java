package dev.stemfleet.worker.model;

import dev.stemfleet.common.domain.ComplexParts;
import dev.stemfleet.common.domain.SpectrumOutput;
import dev.stemfleet.worker.model.graph.StubStyle;
import java.util.List;
import java.util.stream.Stream;

/// Stubs with the names, and the order, that tensors have in exports that are seen in public. Their
/// definitions should not need them.
final class PublicNames {
  private PublicNames() {}

  static Stream<StubModel> stubs() {
    StubModel htdemucs = LayoutStubs.hybrid(ComplexParts.CHANNELS);
    StubModel alone = LayoutStubs.mdx23c().stems(List.of("vocals"), List.of(0.7f));
    return Stream.of(
        lastFirst(htdemucs, List.of("input", "onnx::ReduceMean_1"), List.of("5012", "output")),
        lastFirst(htdemucs, List.of("mix", "mag"), List.of("xt", "x")),
        lastFirst(htdemucs, List.of("mix", "mag"), List.of("time", "freq")),
        lastFirst(htdemucs, List.of("mix", "mag"), List.of("wave_out", "spec_out")),
        named(htdemucs, List.of("mix", "spec"), List.of("wave_out", "spec_out")),
        lastFirst(
            LayoutStubs.hybrid(ComplexParts.PAIRS),
            List.of("mix", "spectral"),
            List.of("time_out", "spectral_out")),
        named(
            LayoutStubs.hybrid(ComplexParts.LAST), List.of("mix", "spec"), List.of("time", "freq")),
        lastFirst(
            LayoutStubs.foldedHybrid(true),
            List.of("raw_audio", "stft_input"),
            List.of("output_xt", "output_x")),
        named(LayoutStubs.waveform(), List.of("input"), List.of("output")),
        named(LayoutStubs.waveform(), List.of("mix"), List.of("stems")),
        named(LayoutStubs.waveform(), List.of("mix"), List.of("sources")),
        named(alone, List.of("input"), List.of("output")),
        named(LayoutStubs.mdx23c(), List.of("input"), List.of("output")),
        named(
            LayoutStubs.roformer(ComplexParts.LAST, SpectrumOutput.MASK),
            List.of("stft_repr"),
            List.of("masks")),
        named(
            LayoutStubs.roformer(ComplexParts.PAIRS_LAST, SpectrumOutput.SPECTRUM),
            List.of("stft_in"),
            List.of("masked_stft")),
        named(
            LayoutStubs.roformer(ComplexParts.FLAT, SpectrumOutput.MASK),
            List.of("input"),
            List.of("output")));
  }

  private static StubModel named(StubModel stub, List<String> inputs, List<String> outputs) {
    return stub.style(StubStyle.PLAIN.named(inputs, outputs));
  }

  private static StubModel lastFirst(StubModel stub, List<String> inputs, List<String> outputs) {
    return stub.style(StubStyle.PLAIN.named(inputs, outputs).lastFirst());
  }
}
