package dev.stemfleet.worker.separation.layout;

import dev.stemfleet.common.domain.Exchange;
import dev.stemfleet.common.domain.ModelLayout.Spleeter;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.Stft;
import dev.stemfleet.common.domain.Tensor;
import dev.stemfleet.worker.separation.layout.WantedStems.NetworkStem;
import dev.stemfleet.worker.spectrum.Analysis;
import dev.stemfleet.worker.spectrum.Framing;
import dev.stemfleet.worker.spectrum.Spectrum;
import dev.stemfleet.worker.spectrum.Synthesis;
import java.util.List;
import java.util.stream.Stream;

/// Spleeter: a network a stem hears the magnitudes of the lower bins and gives magnitudes; each
/// stem's share of the squares, a mask, is what it gets of the mix. Tensors hold no batch.
final class SpleeterTranslator implements Translator {
  private static final double LEAST = 1e-10;

  private final WantedStems wanted;
  private final int heard = Spleeter.STFT.bins();
  private final int tensorFrames;
  private final Analysis analysis;
  private final Synthesis synthesis;
  private final List<Spectrum> asked;
  private final List<Spectrum> answered;

  /// One frame of every network.
  private final float[][] rows;

  SpleeterTranslator(ModelSpec spec, Spleeter layout, WantedStems wanted, int places) {
    Stft network = Spleeter.STFT;
    int bins = layout.averageAbove() ? network.fftSize() / 2 + 1 : network.bins();
    Framing framing =
        Framing.uncentred(
            new Stft(network.fftSize(), network.hop(), bins), spec.segments().samples());
    this.wanted = wanted;
    this.tensorFrames = layout.splits() * Spleeter.SPLIT_FRAMES;
    this.analysis = new Analysis(framing);
    this.synthesis = new Synthesis(framing);
    this.asked = Stream.generate(analysis::spectrum).limit(places).toList();
    this.answered = Stream.generate(analysis::spectrum).limit(wanted.stems().size()).toList();
    this.rows = new float[spec.files().size()][heard];
  }

  @Override
  public void ask(int place, float[][] sound, Exchange exchange, int slot) {
    Spectrum spectrum = asked.get(place);
    analysis.of(sound, spectrum);
    float[] row = new float[heard];
    Filling filling = new Filling();
    for (int network : wanted.networks()) {
      if (filling.wants(exchange.inputs(network))) {
        Tensor input = exchange.inputs(network).getFirst();
        for (int i = 0; i < 2 * tensorFrames; i++) {
          magnitudes(spectrum, i / tensorFrames, i % tensorFrames, row);
          input.put(i * heard, row, 0, heard);
        }
      }
    }
  }

  /// Frames that the segment does not reach are silent.
  private void magnitudes(Spectrum spectrum, int channel, int frame, float[] row) {
    boolean there = frame < spectrum.frames();
    for (int bin = 0; bin < heard; bin++) {
      row[bin] = there ? spectrum.magnitude(channel, bin * spectrum.frames() + frame) : 0;
    }
  }

  @Override
  public void answer(int place, Exchange exchange, int slot, float[][][] stems) {
    Spectrum mix = asked.get(place);
    for (int channel = 0; channel < 2; channel++) {
      for (int frame = 0; frame < mix.frames(); frame++) {
        for (int network = 0; network < rows.length; network++) {
          int at = (channel * tensorFrames + frame) * heard;
          exchange.outputs(network).getFirst().get(at, rows[network], 0, heard);
        }
        share(mix, channel, frame);
      }
    }
    for (int i = 0; i < answered.size(); i++) {
      synthesis.of(answered.get(i), stems[wanted.stems().get(i).stem()]);
    }
  }

  private void share(Spectrum mix, int channel, int frame) {
    double[] means = new double[answered.size()];
    for (int bin = 0; bin < heard; bin++) {
      double sum = LEAST;
      for (float[] row : rows) {
        sum += (double) row[bin] * row[bin];
      }
      for (int i = 0; i < means.length; i++) {
        NetworkStem stem = wanted.stems().get(i);
        double own = rows[stem.network()][bin];
        double mask = (own * own + LEAST / rows.length) / sum;
        means[i] += mask / heard;
        give(mix, channel, bin * mix.frames() + frame, mask, answered.get(i));
      }
    }
    for (int i = 0; i < means.length; i++) {
      for (int bin = heard; bin < mix.bins(); bin++) {
        give(mix, channel, bin * mix.frames() + frame, means[i], answered.get(i));
      }
    }
  }

  private static void give(Spectrum mix, int channel, int at, double mask, Spectrum to) {
    to.real(channel)[at] = (float) (mask * mix.real(channel)[at]);
    to.imaginary(channel)[at] = (float) (mask * mix.imaginary(channel)[at]);
  }

  @Override
  public void close() {
    analysis.close();
    synthesis.close();
  }
}
