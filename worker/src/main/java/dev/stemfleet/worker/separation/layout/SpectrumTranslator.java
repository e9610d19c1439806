package dev.stemfleet.worker.separation.layout;

import dev.stemfleet.common.domain.ComplexParts;
import dev.stemfleet.common.domain.Exchange;
import dev.stemfleet.common.domain.ModelLayout.Mdx23c;
import dev.stemfleet.common.domain.ModelLayout.Roformer;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.SpectrumOutput;
import dev.stemfleet.common.domain.Stft;
import dev.stemfleet.worker.separation.layout.WantedStems.NetworkStem;
import dev.stemfleet.worker.spectrum.Analysis;
import dev.stemfleet.worker.spectrum.Framing;
import dev.stemfleet.worker.spectrum.Spectrum;
import dev.stemfleet.worker.spectrum.Synthesis;
import java.util.List;
import java.util.stream.Stream;

/// Networks that hear a spectrum and give a spectrum for every stem, or a complex mask: MDX23C and
/// the RoFormers.
final class SpectrumTranslator implements Translator {
  private final WantedStems wanted;
  private final SpectrumTensors inputs;
  private final SpectrumTensors outputs;
  private final boolean masks;
  private final boolean clearDc;
  private final Analysis analysis;
  private final Synthesis synthesis;

  /// Of every place with masks; else one, which nobody asks for again.
  private final List<Spectrum> asked;

  private final Spectrum answered;

  private SpectrumTranslator(
      WantedStems wanted,
      Framing framing,
      SpectrumTensors inputs,
      SpectrumTensors outputs,
      SpectrumOutput output,
      boolean clearDc,
      int places) {
    this.wanted = wanted;
    this.inputs = inputs;
    this.outputs = outputs;
    this.masks =
        switch (output) {
          case MASK -> true;
          case SPECTRUM -> false;
        };
    this.clearDc = clearDc;
    this.analysis = new Analysis(framing);
    this.synthesis = new Synthesis(framing);
    this.asked = Stream.generate(analysis::spectrum).limit(masks ? places : 1).toList();
    this.answered = analysis.spectrum();
  }

  static Translator of(ModelSpec spec, Mdx23c layout, WantedStems wanted, int places) {
    SpectrumTensors tensors = SpectrumTensors.of(ComplexParts.CHANNELS);
    return new SpectrumTranslator(
        wanted,
        framing(layout.stft(), spec),
        tensors,
        tensors,
        SpectrumOutput.SPECTRUM,
        false,
        places);
  }

  static Translator of(ModelSpec spec, Roformer layout, WantedStems wanted, int places) {
    return new SpectrumTranslator(
        wanted,
        framing(Roformer.STFT, spec),
        SpectrumTensors.ofBands(layout.parts()),
        SpectrumTensors.ofStemBands(layout.parts()),
        layout.output(),
        layout.clearDc(),
        places);
  }

  private static Framing framing(Stft stft, ModelSpec spec) {
    return Framing.centred(stft, spec.segments().samples());
  }

  @Override
  public void ask(int place, float[][] sound, Exchange exchange, int slot) {
    Spectrum spectrum = asked.get(masks ? place : 0);
    analysis.of(sound, spectrum);
    Filling filling = new Filling();
    for (int network : wanted.networks()) {
      if (filling.wants(exchange.inputs(network))) {
        inputs.put(exchange.inputs(network), slot, spectrum);
      }
    }
  }

  @Override
  public void answer(int place, Exchange exchange, int slot, float[][][] stems) {
    for (NetworkStem stem : wanted.stems()) {
      outputs.get(exchange.outputs(stem.network()), stem.row(exchange, slot), answered);
      if (masks) {
        multiply(answered, asked.get(place));
      }
      if (clearDc) {
        answered.clear(0, 1);
      }
      synthesis.of(answered, stems[stem.stem()]);
    }
  }

  private static void multiply(Spectrum mask, Spectrum mix) {
    for (int channel = 0; channel < 2; channel++) {
      float[] real = mask.real(channel);
      float[] imaginary = mask.imaginary(channel);
      float[] mixReal = mix.real(channel);
      float[] mixImaginary = mix.imaginary(channel);
      for (int i = 0; i < real.length; i++) {
        float product = real[i] * mixReal[i] - imaginary[i] * mixImaginary[i];
        imaginary[i] = real[i] * mixImaginary[i] + imaginary[i] * mixReal[i];
        real[i] = product;
      }
    }
  }

  @Override
  public void close() {
    analysis.close();
    synthesis.close();
  }
}
