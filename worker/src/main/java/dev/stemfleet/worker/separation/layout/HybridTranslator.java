package dev.stemfleet.worker.separation.layout;

import dev.stemfleet.common.domain.Exchange;
import dev.stemfleet.common.domain.ModelLayout.Hybrid;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.Tensor;
import dev.stemfleet.worker.separation.layout.WantedStems.NetworkStem;
import dev.stemfleet.worker.spectrum.Analysis;
import dev.stemfleet.worker.spectrum.Framing;
import dev.stemfleet.worker.spectrum.Spectrum;
import dev.stemfleet.worker.spectrum.Synthesis;
import java.util.List;

/// HTDemucs: waveform and spectrum in, both out, a stem is the sum. Stems folded into channels lie
/// where stems with an axis of their own would lie.
final class HybridTranslator implements Translator {
  private final Hybrid layout;
  private final WantedStems wanted;
  private final int samples;
  private final SpectrumTensors inputs;
  private final SpectrumTensors outputs;
  private final Analysis analysis;
  private final Synthesis synthesis;
  private final Spectrum asked;
  private final Spectrum answered;
  private final float[][] wave;
  private final Level[] spectra;
  private final Level[] waves;

  HybridTranslator(ModelSpec spec, Hybrid layout, WantedStems wanted, int places) {
    this.layout = layout;
    this.wanted = wanted;
    this.samples = spec.segments().samples();
    this.inputs = SpectrumTensors.of(layout.parts());
    this.outputs =
        switch (layout.parts()) {
          case CHANNELS, PAIRS, LAST, PAIRS_LAST, SPLIT -> inputs;
          case FLAT -> SpectrumTensors.ofStemBands(layout.parts());
        };
    Framing framing = Framing.demucs(Hybrid.STFT, samples);
    this.analysis = new Analysis(framing);
    this.synthesis = new Synthesis(framing);
    this.asked = analysis.spectrum();
    this.answered = analysis.spectrum();
    this.wave = new float[2][samples];
    this.spectra = new Level[places];
    this.waves = new Level[places];
  }

  @Override
  public void ask(int place, float[][] sound, Exchange exchange, int slot) {
    analysis.of(sound, asked);
    if (layout.normalised()) {
      float[][] parts = parts(asked);
      spectra[place] = Level.of(parts[0].length, parts);
      waves[place] = Level.of(samples, sound);
      for (float[] part : parts) {
        spectra[place].takeOff(part);
      }
    }
    Filling filling = new Filling();
    for (int network : wanted.networks()) {
      List<Tensor> tensors = exchange.inputs(network);
      if (filling.wants(tensors)) {
        WaveformTranslator.put(tensors.getFirst(), slot, sound, samples);
        inputs.put(tensors.subList(1, tensors.size()), slot, asked);
      }
    }
  }

  @Override
  public void answer(int place, Exchange exchange, int slot, float[][][] stems) {
    for (NetworkStem stem : wanted.stems()) {
      List<Tensor> tensors = exchange.outputs(stem.network());
      int row = stem.row(exchange, slot);
      WaveformTranslator.get(tensors.getFirst(), row, wave, samples);
      outputs.get(tensors.subList(1, tensors.size()), row, answered);
      if (layout.normalised()) {
        for (float[] part : parts(answered)) {
          spectra[place].giveBack(part);
        }
        waves[place].giveBack(wave[0]);
        waves[place].giveBack(wave[1]);
      }
      for (int channel = 0; channel < 2; channel++) {
        System.arraycopy(wave[channel], 0, stems[stem.stem()][channel], 0, samples);
      }
      synthesis.add(answered, stems[stem.stem()]);
    }
  }

  private static float[][] parts(Spectrum spectrum) {
    return new float[][] {
      spectrum.real(0), spectrum.imaginary(0), spectrum.real(1), spectrum.imaginary(1)
    };
  }

  @Override
  public void close() {
    analysis.close();
    synthesis.close();
  }
}
