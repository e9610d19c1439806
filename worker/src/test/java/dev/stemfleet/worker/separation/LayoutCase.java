package dev.stemfleet.worker.separation;

import dev.stemfleet.common.domain.ComplexParts;
import dev.stemfleet.common.domain.MagnitudeFilter;
import dev.stemfleet.common.domain.MdxNetwork;
import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.domain.ModelLayout;
import dev.stemfleet.common.domain.ModelLayout.MdxNet;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.ModelSpec.Border;
import dev.stemfleet.common.domain.ModelSpec.Dtype;
import dev.stemfleet.common.domain.ModelSpec.Fill;
import dev.stemfleet.common.domain.ModelSpec.Segments;
import dev.stemfleet.common.domain.ModelSpec.Treatment;
import dev.stemfleet.common.domain.ModelSpec.Window;
import dev.stemfleet.common.domain.SpectrumOutput;
import dev.stemfleet.common.domain.Stft;
import dev.stemfleet.common.domain.TensorShape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/// A layout with the settings of a real model, if shorter, and what its stems are of the mix when
/// its networks multiply by [#GAINS].
///
/// @param mix that the layout brings back
/// @param decibels that the error lies below a stem
/// @param shares of vocals, drums, bass and the rest
record LayoutCase(
    String name,
    ModelLayout layout,
    Segments segments,
    Mix mix,
    double decibels,
    List<Double> shares) {
  static final List<String> STEMS = List.of("vocals", "drums", "bass", "other");
  static final float[] GAINS = {0.2f, 0.24f, 0.26f, 0.3f};
  private static final double EXACT = 120;
  private static final List<Double> AS_GAINS = List.of(0.2, 0.24, 0.26, 0.3);

  /// Sound without what a layout loses by design.
  enum Mix {
    ANYTHING,
    /// Nothing in bins that the layout drops.
    TONES,
    /// The right side is the left one upside down: mean values are 0. They would be given back to
    /// each stem.
    OPPOSITE;

    float[][] of(int length, Segments segments) {
      return switch (this) {
        case ANYTHING -> TestMix.noise(length);
        case TONES -> TestMix.tones(length, segments, 0);
        case OPPOSITE -> TestMix.opposite(length, 1);
      };
    }
  }

  static List<LayoutCase> all() {
    List<LayoutCase> all = new ArrayList<>();
    all.add(
        new LayoutCase(
            "waveform",
            new ModelLayout.Waveform(),
            new Segments(20_000, 15_000, Window.HANN),
            Mix.ANYTHING,
            EXACT,
            AS_GAINS));
    hybrids(all);
    mdx(all);
    roformers(all);
    magnitudes(all);
    return all;
  }

  private static void hybrids(List<LayoutCase> all) {
    Segments segments = new Segments(21_000, 15_750, Window.TRIANGLE);
    for (ComplexParts parts :
        List.of(ComplexParts.CHANNELS, ComplexParts.PAIRS, ComplexParts.LAST, ComplexParts.SPLIT)) {
      ModelLayout layout = new ModelLayout.Hybrid(parts, false, false);
      all.add(new LayoutCase("htdemucs " + parts, layout, segments, Mix.ANYTHING, EXACT, AS_GAINS));
    }
    ModelLayout folded = new ModelLayout.Hybrid(ComplexParts.CHANNELS, true, false);
    all.add(new LayoutCase("htdemucs folded", folded, segments, Mix.ANYTHING, EXACT, AS_GAINS));
    ModelLayout normalised = new ModelLayout.Hybrid(ComplexParts.CHANNELS, true, true);
    all.add(
        new LayoutCase("htdemucs normalised", normalised, segments, Mix.OPPOSITE, EXACT, AS_GAINS));
  }

  private static void mdx(List<LayoutCase> all) {
    List<MdxNetwork> nets =
        List.of(
            new MdxNetwork(6144, 1.035),
            new MdxNetwork(4096, 1.5),
            new MdxNetwork(16_384, 1),
            new MdxNetwork(7680, 0.5));
    Segments bordered =
        new Segments(31_744, 25_600, Window.HANN, 0, new Border(3072, Fill.SILENCE), 2);
    List<Double> compensated = List.of(0.2 * 1.035, 0.24 * 1.5, 0.26, 0.15);
    all.add(
        new LayoutCase(
            "mdx-net", new MdxNet(2048, 32, nets), bordered, Mix.TONES, EXACT, compensated));
    all.add(
        new LayoutCase(
            "mdx23c",
            new ModelLayout.Mdx23c(new Stft(8192, 1024, 4096), 32),
            new Segments(31_744, 31_744 / 8, Window.FLAT),
            Mix.TONES,
            EXACT,
            AS_GAINS));
  }

  private static void roformers(List<LayoutCase> all) {
    Segments segments =
        new Segments(44_100, 22_050, Window.FADE, 4410, new Border(22_050, Fill.REFLECTION), 3);
    for (SpectrumOutput output : SpectrumOutput.values()) {
      for (ComplexParts parts :
          List.of(ComplexParts.LAST, ComplexParts.PAIRS_LAST, ComplexParts.SPLIT)) {
        ModelLayout layout = new ModelLayout.Roformer(parts, output, false);
        String name = "roformer " + parts + " " + output;
        all.add(new LayoutCase(name, layout, segments, Mix.ANYTHING, EXACT, AS_GAINS));
      }
    }
    ModelLayout flat = new ModelLayout.Roformer(ComplexParts.FLAT, SpectrumOutput.MASK, true);
    all.add(new LayoutCase("roformer FLAT without DC", flat, segments, Mix.TONES, EXACT, AS_GAINS));
  }

  private static void magnitudes(List<LayoutCase> all) {
    Segments segments = new Segments(31_744, 15_000, Window.TRIANGLE);
    for (MagnitudeFilter filter : MagnitudeFilter.values()) {
      List<Double> shares =
          switch (filter) {
            case RATIO -> AS_GAINS;
            case WIENER -> squared();
          };
      // By its formula the filter adds √1e-10 to what it divides by, which shows where the mix is
      // soft. Without that step, as with ratios, the rest is exact; WienerFilterTest has the step.
      double decibels = filter == MagnitudeFilter.WIENER ? 60 : EXACT;
      ModelLayout layout = new ModelLayout.OpenUnmix(32, filter);
      all.add(
          new LayoutCase("open-unmix " + filter, layout, segments, Mix.ANYTHING, decibels, shares));
    }
    Segments split = new Segments(520_192, 400_000, Window.TRIANGLE);
    all.add(
        new LayoutCase(
            "spleeter, average above",
            new ModelLayout.Spleeter(1, true),
            split,
            Mix.ANYTHING,
            EXACT,
            squared()));
    all.add(
        new LayoutCase(
            "spleeter, silent above",
            new ModelLayout.Spleeter(1, false),
            split,
            Mix.TONES,
            EXACT,
            squared()));
  }

  private static List<Double> squared() {
    return AS_GAINS.stream().map(gain -> gain * gain / 0.2552).toList();
  }

  ModelSpec spec(Treatment treatment) {
    boolean oneEach =
        switch (layout) {
          case MdxNet _, ModelLayout.OpenUnmix _, ModelLayout.Spleeter _ -> true;
          case ModelLayout.Waveform _,
              ModelLayout.Hybrid _,
              ModelLayout.Mdx23c _,
              ModelLayout.Roformer _ ->
              false;
        };
    List<List<String>> networks =
        oneEach ? STEMS.stream().map(List::of).toList() : List.of(List.of());
    return spec(layout, STEMS, networks, segments, treatment);
  }

  /// @param networks stems of each
  static ModelSpec spec(
      ModelLayout layout,
      List<String> stems,
      List<List<String>> networks,
      Segments segments,
      Treatment treatment) {
    List<ModelFile> files = new ArrayList<>();
    for (List<String> own : networks) {
      String path = "fake" + files.size() + ".onnx";
      List<String> inputs = names("in", layout.inputs(1, stems.size(), segments));
      List<String> outputs = names("out", layout.outputs(1, stems.size(), segments));
      files.add(new ModelFile(path, "0".repeat(64), 1, own, inputs, outputs));
    }
    return new ModelSpec(
        "fake",
        1,
        layout,
        files,
        List.of(),
        stems,
        new ModelSpec.Sound(44_100, 2),
        Dtype.FLOAT32,
        segments,
        treatment,
        "none",
        "made by a test");
  }

  /// Only tensors that their shapes do not tell apart need names.
  private static List<String> names(String role, List<TensorShape> shapes) {
    return new HashSet<>(shapes).size() == shapes.size()
        ? List.of()
        : IntStream.range(0, shapes.size()).mapToObj(i -> role + i).toList();
  }

  @Override
  public String toString() {
    return name;
  }
}
