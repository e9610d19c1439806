package dev.stemfleet.worker.separation.layout;

import dev.stemfleet.common.domain.Exchange;
import dev.stemfleet.common.domain.ModelLayout;
import dev.stemfleet.common.domain.ModelSpec;

/// Translates between sound and the tensors of a model: a segment of the mix into what its networks
/// take, their answers into stems. [#ask] is called by one thread and [#answer] by another, at the
/// same time for different places. The caller closes it when neither is at work.
public interface Translator extends AutoCloseable {
  /// Fills the inputs of a run.
  ///
  /// @param place keeps what [#answer] needs of the segment; from 0 to below the count of places
  /// @param sound of the segment, by channel
  /// @param slot of the exchange's batch
  void ask(int place, float[][] sound, Exchange exchange, int slot);

  /// Reads the outputs of a run.
  ///
  /// @param place as it was with [#ask]
  /// @param stems by place in [ModelSpec#stems] and channel; those that are not wanted are left
  ///   alone
  void answer(int place, Exchange exchange, int slot, float[][][] stems);

  @Override
  void close();

  /// @param places segments that are on their way at once
  static Translator of(ModelSpec spec, WantedStems wanted, int places) {
    return switch (spec.layout()) {
      case ModelLayout.Waveform _ -> new WaveformTranslator(spec, wanted);
      case ModelLayout.Hybrid hybrid -> new HybridTranslator(spec, hybrid, wanted, places);
      case ModelLayout.MdxNet mdxNet -> new MdxNetTranslator(spec, mdxNet, wanted);
      case ModelLayout.Mdx23c mdx23c -> SpectrumTranslator.of(spec, mdx23c, wanted, places);
      case ModelLayout.Roformer roformer -> SpectrumTranslator.of(spec, roformer, wanted, places);
      case ModelLayout.OpenUnmix unmix -> new OpenUnmixTranslator(spec, unmix, wanted, places);
      case ModelLayout.Spleeter spleeter -> new SpleeterTranslator(spec, spleeter, wanted, places);
    };
  }
}
