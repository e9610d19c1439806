package dev.stemfleet.worker.model;

import dev.stemfleet.common.domain.ComplexParts;
import dev.stemfleet.common.domain.MagnitudeFilter;
import dev.stemfleet.common.domain.MdxNetwork;
import dev.stemfleet.common.domain.ModelLayout.Hybrid;
import dev.stemfleet.common.domain.ModelLayout.Mdx23c;
import dev.stemfleet.common.domain.ModelLayout.MdxNet;
import dev.stemfleet.common.domain.ModelLayout.OpenUnmix;
import dev.stemfleet.common.domain.ModelLayout.Roformer;
import dev.stemfleet.common.domain.ModelLayout.Spleeter;
import dev.stemfleet.common.domain.ModelLayout.Waveform;
import dev.stemfleet.common.domain.ModelSpec.Segments;
import dev.stemfleet.common.domain.ModelSpec.Window;
import dev.stemfleet.common.domain.SpectrumOutput;
import dev.stemfleet.common.domain.Stft;
import dev.stemfleet.worker.model.graph.StubStyle;
import java.util.List;
import java.util.stream.Stream;

/// One stub of every layout and of every way in which its tensors are laid out in public, as short
/// as the layout allows.
public final class LayoutStubs {
  private LayoutStubs() {}

  public static StubModel waveform() {
    return StubModel.of(new Waveform(), cut(1000));
  }

  /// Real and imaginary parts of the spectrum by name where they are apart.
  public static StubModel hybrid(ComplexParts parts) {
    StubModel model = StubModel.of(new Hybrid(parts, false, false), cut(3000));
    return parts == ComplexParts.SPLIT
        ? model.style(
            StubStyle.PLAIN.named(
                List.of("audio", "spec_real", "spec_imag"),
                List.of("out_wave", "out_spec_real", "out_spec_imag")))
        : model;
  }

  /// Stems folded into channels, normalised by the host or not.
  public static StubModel foldedHybrid(boolean normalised) {
    return StubModel.of(new Hybrid(ComplexParts.CHANNELS, true, normalised), cut(3000));
  }

  /// One network a stem, two of them with the same n_fft.
  public static StubModel mdxNet() {
    List<MdxNetwork> networks =
        Stream.of(4096, 6144, 8192, 6144).map(fft -> new MdxNetwork(fft, 1.035)).toList();
    return StubModel.of(new MdxNet(2048, 9, networks), cut(8 * MdxNet.HOP));
  }

  public static StubModel mdx23c() {
    return StubModel.of(new Mdx23c(new Stft(2048, 512, 1024), 9), cut(8 * 512));
  }

  /// Real and imaginary parts by name where they are apart.
  public static StubModel roformer(ComplexParts parts, SpectrumOutput output) {
    StubModel model = StubModel.of(new Roformer(parts, output, false), cut(10 * 441));
    return parts == ComplexParts.SPLIT
        ? model.style(
            StubStyle.PLAIN.named(
                List.of("spec_real", "spec_imag"), List.of("out_spec_real", "out_spec_imag")))
        : model;
  }

  public static StubModel openUnmix(MagnitudeFilter filter) {
    return StubModel.of(new OpenUnmix(9, filter), cut(8 * 1024));
  }

  public static StubModel spleeter(boolean averageAbove) {
    return StubModel.of(new Spleeter(1, averageAbove), cut(100_000));
  }

  /// All of them, with one stem too where that changes tensors.
  public static Stream<StubModel> all() {
    return Stream.of(
            Stream.of(waveform(), foldedHybrid(false), foldedHybrid(true), mdxNet(), mdx23c()),
            Stream.of(mdx23c().stems(List.of("vocals"), List.of(0.7f))),
            Stream.of(openUnmix(MagnitudeFilter.RATIO), spleeter(true)),
            Stream.of(ComplexParts.values())
                .filter(parts -> parts != ComplexParts.FLAT && parts != ComplexParts.PAIRS_LAST)
                .map(LayoutStubs::hybrid),
            Stream.of(SpectrumOutput.values())
                .flatMap(
                    output ->
                        Stream.of(
                                ComplexParts.LAST,
                                ComplexParts.PAIRS_LAST,
                                ComplexParts.SPLIT,
                                ComplexParts.FLAT)
                            .map(parts -> roformer(parts, output))),
            Stream.of(
                    waveform(),
                    hybrid(ComplexParts.LAST),
                    roformer(ComplexParts.LAST, SpectrumOutput.MASK),
                    roformer(ComplexParts.PAIRS_LAST, SpectrumOutput.SPECTRUM))
                .map(LayoutStubs::aloneWithoutAxis))
        .flatMap(stubs -> stubs);
  }

  /// One stem that has no axis of its own.
  private static StubModel aloneWithoutAxis(StubModel model) {
    return model.stems(List.of("vocals"), List.of(0.7f)).style(StubStyle.PLAIN.withoutStemAxis());
  }

  private static Segments cut(int samples) {
    return new Segments(samples, samples, Window.FLAT);
  }
}
