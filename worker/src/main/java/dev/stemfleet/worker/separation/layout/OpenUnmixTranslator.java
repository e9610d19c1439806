package dev.stemfleet.worker.separation.layout;

import dev.stemfleet.common.domain.Exchange;
import dev.stemfleet.common.domain.MagnitudeFilter;
import dev.stemfleet.common.domain.ModelLayout.OpenUnmix;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.Tensor;
import dev.stemfleet.worker.separation.layout.WantedStems.NetworkStem;
import dev.stemfleet.worker.spectrum.Analysis;
import dev.stemfleet.worker.spectrum.Framing;
import dev.stemfleet.worker.spectrum.Spectrum;
import dev.stemfleet.worker.spectrum.Synthesis;
import java.util.List;
import java.util.stream.Stream;

/// Open-Unmix: a network a stem hears magnitudes and gives magnitudes; a filter makes stems of all
/// of them together. One network alone keeps its magnitudes and gets the mix's phases.
final class OpenUnmixTranslator implements Translator {
  private static final double LEAST = 1e-10;

  private final WantedStems wanted;
  private final MagnitudeFilter filter;
  private final Analysis analysis;
  private final Synthesis synthesis;
  private final List<Spectrum> asked;
  private final float[] plane;

  /// By network, channel, and bin · frames + frame.
  private final float[][][] magnitudes;

  private final List<Spectrum> answered;

  OpenUnmixTranslator(ModelSpec spec, OpenUnmix layout, WantedStems wanted, int places) {
    Framing framing = Framing.centred(OpenUnmix.STFT, spec.segments().samples());
    this.wanted = wanted;
    this.filter = layout.filter();
    this.analysis = new Analysis(framing);
    this.synthesis = new Synthesis(framing);
    this.asked = Stream.generate(analysis::spectrum).limit(places).toList();
    this.plane = new float[framing.stft().bins() * framing.frames()];
    this.magnitudes = new float[spec.files().size()][2][plane.length];
    this.answered = Stream.generate(analysis::spectrum).limit(wanted.stems().size()).toList();
  }

  @Override
  public void ask(int place, float[][] sound, Exchange exchange, int slot) {
    Spectrum spectrum = asked.get(place);
    analysis.of(sound, spectrum);
    for (int channel = 0; channel < 2; channel++) {
      spectrum.magnitudes(channel, plane);
      Filling filling = new Filling();
      for (int network : wanted.networks()) {
        if (filling.wants(exchange.inputs(network))) {
          Tensor input = exchange.inputs(network).getFirst();
          input.put((2 * slot + channel) * plane.length, plane, 0, plane.length);
        }
      }
    }
  }

  @Override
  public void answer(int place, Exchange exchange, int slot, float[][][] stems) {
    for (int network = 0; network < magnitudes.length; network++) {
      Tensor output = exchange.outputs(network).getFirst();
      for (int channel = 0; channel < 2; channel++) {
        float[] to = magnitudes[network][channel];
        output.get((2 * slot + channel) * plane.length, to, 0, plane.length);
      }
    }
    List<Integer> networks = wanted.stems().stream().map(NetworkStem::network).toList();
    Spectrum mix = asked.get(place);
    if (magnitudes.length == 1) {
      keepMagnitudes(mix, answered.getFirst());
    } else {
      switch (filter) {
        case RATIO -> share(mix, networks);
        case WIENER -> new WienerFilter(magnitudes).of(mix, networks, answered);
      }
    }
    for (int i = 0; i < networks.size(); i++) {
      synthesis.of(answered.get(i), stems[wanted.stems().get(i).stem()]);
    }
  }

  private void share(Spectrum mix, List<Integer> networks) {
    for (int channel = 0; channel < 2; channel++) {
      for (int at = 0; at < plane.length; at++) {
        double sum = LEAST;
        for (float[][] network : magnitudes) {
          sum += network[channel][at];
        }
        for (int i = 0; i < networks.size(); i++) {
          float part = (float) (magnitudes[networks.get(i)][channel][at] / sum);
          answered.get(i).real(channel)[at] = part * mix.real(channel)[at];
          answered.get(i).imaginary(channel)[at] = part * mix.imaginary(channel)[at];
        }
      }
    }
  }

  private void keepMagnitudes(Spectrum mix, Spectrum to) {
    for (int channel = 0; channel < 2; channel++) {
      mix.magnitudes(channel, plane);
      for (int at = 0; at < plane.length; at++) {
        float part = plane[at] == 0 ? 0 : magnitudes[0][channel][at] / plane[at];
        to.real(channel)[at] = part * mix.real(channel)[at];
        to.imaginary(channel)[at] = part * mix.imaginary(channel)[at];
      }
    }
  }

  @Override
  public void close() {
    analysis.close();
    synthesis.close();
  }
}
