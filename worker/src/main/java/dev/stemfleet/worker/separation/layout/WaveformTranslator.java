package dev.stemfleet.worker.separation.layout;

import dev.stemfleet.common.domain.Exchange;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.Tensor;
import dev.stemfleet.worker.separation.layout.WantedStems.NetworkStem;

/// Waveforms as they are.
final class WaveformTranslator implements Translator {
  private final WantedStems wanted;
  private final int samples;

  WaveformTranslator(ModelSpec spec, WantedStems wanted) {
    this.wanted = wanted;
    this.samples = spec.segments().samples();
  }

  @Override
  public void ask(int place, float[][] sound, Exchange exchange, int slot) {
    Filling filling = new Filling();
    for (int network : wanted.networks()) {
      if (filling.wants(exchange.inputs(network))) {
        put(exchange.inputs(network).getFirst(), slot, sound, samples);
      }
    }
  }

  @Override
  public void answer(int place, Exchange exchange, int slot, float[][][] stems) {
    for (NetworkStem stem : wanted.stems()) {
      Tensor output = exchange.outputs(stem.network()).getFirst();
      get(output, stem.row(exchange, slot), stems[stem.stem()], samples);
    }
  }

  /// Writes a stereo signal where a tensor `[…, 2, samples]` has it.
  static void put(Tensor tensor, int item, float[][] sound, int samples) {
    tensor.put(2 * item * samples, sound[0], 0, samples);
    tensor.put((2 * item + 1) * samples, sound[1], 0, samples);
  }

  /// Reads a stereo signal where a tensor `[…, 2, samples]` has it.
  static void get(Tensor tensor, int item, float[][] sound, int samples) {
    tensor.get(2 * item * samples, sound[0], 0, samples);
    tensor.get((2 * item + 1) * samples, sound[1], 0, samples);
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
