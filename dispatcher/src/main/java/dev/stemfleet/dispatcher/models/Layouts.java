package dev.stemfleet.dispatcher.models;

import dev.stemfleet.common.domain.ComplexParts;
import dev.stemfleet.common.domain.MagnitudeFilter;
import dev.stemfleet.common.domain.MdxNetwork;
import dev.stemfleet.common.domain.ModelLayout;
import dev.stemfleet.common.domain.SpectrumOutput;
import dev.stemfleet.common.domain.Stft;
import dev.stemfleet.dispatcher.plan.RequestException;
import java.util.ArrayList;
import java.util.List;

/// A whole layout and the length of its segments, from what tensors say and what was asked.
///
/// @param samples of a segment
record Layouts(ModelLayout layout, int samples) {
  private static final int MDX23C_FFT = 8192;
  private static final int MDX23C_HOP = 1024;

  static Layouts of(Family family, List<Network> networks, Asked asked) {
    Network first = networks.getFirst();
    return switch (family) {
      case Family.Waveform net ->
          new Layouts(new ModelLayout.Waveform(), asked.samples(net.samples(), first));
      case Family.Hybrid net -> hybrid(net, first, asked);
      case Family.MdxNet net -> mdxNet(net, networks, asked);
      case Family.Mdx23c net -> mdx23c(net, first, asked);
      case Family.Roformer net -> roformer(net, first, asked);
      case Family.OpenUnmix net -> openUnmix(net, first, asked, networks.size());
      case Family.Spleeter net -> spleeter(net, first, asked);
    };
  }

  private static Layouts hybrid(Family.Hybrid net, Network first, Asked asked) {
    asked.note("layout.parts", Draft.GRAPH);
    asked.note("layout.stemsInChannels", Draft.GRAPH);
    asked.note("layout.normalised", "networks with stems in channels leave this outside");
    return new Layouts(
        new ModelLayout.Hybrid(net.parts(), net.folded(), net.folded()),
        asked.samples(net.samples(), first));
  }

  private static Layouts mdxNet(Family.MdxNet net, List<Network> networks, Asked asked) {
    int bins = fixed(net.bins(), "axis 2", networks.getFirst());
    int frames = fixed(net.frames(), "axis 3", networks.getFirst());
    noteSizes(asked);
    List<MdxNetwork> nets = new ArrayList<>();
    for (int i = 0; i < networks.size(); i++) {
      int fftSize = asked.fftSize(networks.get(i), i, networks.size());
      double compensate = asked.compensate(networks.get(i), i, networks.size());
      nets.add(refusing("--fft-size", () -> new MdxNetwork(fftSize, compensate)));
    }
    asked.note("segments.samples", "follows from the frames");
    return new Layouts(
        refusing("--fft-size", () -> new ModelLayout.MdxNet(bins, frames, nets)),
        ModelLayout.MdxNet.HOP * (frames - 1));
  }

  private static Layouts mdx23c(Family.Mdx23c net, Network first, Asked asked) {
    int bins = fixed(net.bins(), "the axis of bins", first);
    int frames = fixed(net.frames(), "the last axis", first);
    noteSizes(asked);
    boolean given = !asked.wishes().fftSizes().isEmpty();
    int fftSize = given ? asked.wishes().fftSizes().getFirst() : MDX23C_FFT;
    asked.note("layout.stft", given ? "n_fft was given" : Draft.USUAL + " of n_fft and hop");
    asked.note("segments.samples", "follows from the frames");
    return new Layouts(
        refusing(
            "--fft-size",
            () -> new ModelLayout.Mdx23c(new Stft(fftSize, MDX23C_HOP, bins), frames)),
        MDX23C_HOP * (frames - 1));
  }

  private static Layouts roformer(Family.Roformer net, Network first, Asked asked) {
    // The one exporter that flattens its input gives masks.
    SpectrumOutput output =
        net.parts() == ComplexParts.FLAT && asked.wishes().output() == null
            ? SpectrumOutput.MASK
            : asked.output(first);
    asked.note("layout.parts", Draft.GRAPH);
    asked.note("layout.clearDc", Draft.USUAL);
    long samples = net.frames() < 0 ? -1 : (net.frames() - 1) * ModelLayout.Roformer.STFT.hop();
    return new Layouts(
        new ModelLayout.Roformer(net.parts(), output, true), asked.samples(samples, first));
  }

  private static Layouts openUnmix(Family.OpenUnmix net, Network first, Asked asked, int networks) {
    int hop = ModelLayout.OpenUnmix.STFT.hop();
    int samples = asked.samples(net.frames() < 0 ? -1 : (net.frames() - 1) * hop, first);
    boolean several = networks > 1;
    asked.note("layout.filter", several ? Draft.USUAL : "one stem alone has no other filter");
    return new Layouts(
        new ModelLayout.OpenUnmix(
            samples / hop + 1, several ? MagnitudeFilter.WIENER : MagnitudeFilter.RATIO),
        samples);
  }

  private static Layouts spleeter(Family.Spleeter net, Network first, Asked asked) {
    int splits = net.splits() < 0 ? 1 : Math.toIntExact(net.splits());
    asked.note("layout.splits", net.splits() < 0 ? Draft.OWN : Draft.GRAPH);
    asked.note("layout.averageAbove", Draft.OWN + ": what lies above 11 kHz is kept");
    Stft stft = ModelLayout.Spleeter.STFT;
    int frames = splits * ModelLayout.Spleeter.SPLIT_FRAMES;
    return new Layouts(
        new ModelLayout.Spleeter(splits, true),
        asked.samples((long) frames * stft.hop() - stft.fftSize(), first));
  }

  private static void noteSizes(Asked asked) {
    asked.note("layout.bins", Draft.GRAPH);
    asked.note("layout.frames", Draft.GRAPH);
  }

  private static int fixed(long size, String what, Network network) {
    if (size <= 0) {
      throw new ModelException(
          network.file() + ": " + what + " is open; only fixed sizes are supported there");
    }
    return Math.toIntExact(size);
  }

  /// What a record refuses was given by the operator.
  private static <T> T refusing(String flag, java.util.function.Supplier<T> maker) {
    try {
      return maker.get();
    } catch (IllegalArgumentException e) {
      throw new RequestException(flag + ": " + e.getMessage());
    }
  }
}
