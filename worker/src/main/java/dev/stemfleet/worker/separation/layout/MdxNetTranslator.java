package dev.stemfleet.worker.separation.layout;

import dev.stemfleet.common.domain.ComplexParts;
import dev.stemfleet.common.domain.Exchange;
import dev.stemfleet.common.domain.ModelLayout.MdxNet;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.Stft;
import dev.stemfleet.worker.separation.layout.WantedStems.NetworkStem;
import dev.stemfleet.worker.spectrum.Analysis;
import dev.stemfleet.worker.spectrum.Framing;
import dev.stemfleet.worker.spectrum.Spectrum;
import dev.stemfleet.worker.spectrum.Synthesis;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// MDX-Net: a network a stem, each with its own n_fft. Networks with the same n_fft are asked with
/// the same spectrum.
final class MdxNetTranslator implements Translator {
  private final MdxNet layout;
  private final WantedStems wanted;
  private final SpectrumTensors tensors = SpectrumTensors.of(ComplexParts.CHANNELS);
  private final Map<Integer, Analysis> analyses = new TreeMap<>();
  private final Map<Integer, Synthesis> syntheses = new TreeMap<>();
  private final Spectrum asked;
  private final Spectrum answered;

  MdxNetTranslator(ModelSpec spec, MdxNet layout, WantedStems wanted) {
    this.layout = layout;
    this.wanted = wanted;
    for (int network : wanted.networks()) {
      int size = fftSize(network);
      Stft stft = new Stft(size, MdxNet.HOP, layout.bins());
      Framing framing = Framing.centred(stft, spec.segments().samples());
      analyses.computeIfAbsent(size, _ -> new Analysis(framing));
      syntheses.computeIfAbsent(size, _ -> new Synthesis(framing));
    }
    this.asked = new Spectrum(layout.bins(), layout.frames());
    this.answered = new Spectrum(layout.bins(), layout.frames());
  }

  private int fftSize(int network) {
    return layout.networks().get(network).fftSize();
  }

  @Override
  public void ask(int place, float[][] sound, Exchange exchange, int slot) {
    analyses.forEach(
        (size, analysis) -> {
          analysis.of(sound, asked);
          asked.clear(0, MdxNet.CLEARED_BINS);
          Filling filling = new Filling();
          for (int network : wanted.networks()) {
            if (fftSize(network) == size && filling.wants(exchange.inputs(network))) {
              tensors.put(exchange.inputs(network), slot, asked);
            }
          }
        });
  }

  @Override
  public void answer(int place, Exchange exchange, int slot, float[][][] stems) {
    for (NetworkStem stem : wanted.stems()) {
      tensors.get(exchange.outputs(stem.network()), slot, answered);
      float[][] sound = stems[stem.stem()];
      Objects.requireNonNull(syntheses.get(fftSize(stem.network()))).of(answered, sound);
      float compensate = (float) layout.networks().get(stem.network()).compensate();
      for (float[] channel : sound) {
        for (int i = 0; i < channel.length; i++) {
          channel[i] *= compensate;
        }
      }
    }
  }

  @Override
  public void close() {
    analyses.values().forEach(Analysis::close);
    syntheses.values().forEach(Synthesis::close);
  }
}
