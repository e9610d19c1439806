package dev.stemfleet.worker.separation;

import dev.stemfleet.common.domain.Exchange;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.worker.separation.layout.Translator;
import java.util.List;

/// Joins the networks' answers to stems and hands these to the sinks. Used by one thread, beside
/// the one that runs the networks.
final class StemJoiner {
  private final ModelSpec spec;
  private final StemPlan plan;
  private final Translator translator;
  private final StemLanes lanes;
  private final OverlapAdd joined;
  private final float[][][] answer;
  private final float[] sum;
  private final float mean;
  private final float deviation;
  private long emitted;

  /// @param mean taken off the mix before the networks saw it
  /// @param deviation by which it was divided
  StemJoiner(
      ModelSpec spec,
      StemPlan plan,
      Translator translator,
      StemLanes lanes,
      float mean,
      float deviation) {
    this.spec = spec;
    this.plan = plan;
    this.translator = translator;
    this.lanes = lanes;
    this.joined = new OverlapAdd(spec.segments(), plan.groups());
    this.answer = new float[spec.stems().size()][][];
    for (int stem = 0; stem < answer.length; stem++) {
      answer[stem] = new float[2][plan.outputs().contains(stem) ? spec.segments().samples() : 0];
    }
    this.sum = new float[plan.spread() < 0 ? 0 : StemLanes.BLOCK_SAMPLES];
    this.mean = mean;
    this.deviation = deviation;
  }

  /// Adds an answer to what came before and hands out all that no later segment changes. Returns
  /// when the sinks have taken it, also when it throws.
  ///
  /// @param cut the segment that was asked
  /// @param slot of the exchange's batch
  void join(Cut cut, Exchange exchange, int slot) {
    try {
      translator.answer(cut.place(), exchange, slot, answer);
      joined.add(answer, cut.lead(), cut.available());
      emit(cut);
      joined.slide(cut.step());
      emitted += cut.to() - cut.from();
    } finally {
      lanes.finish();
    }
  }

  /// Samples per channel that every stem got.
  long emitted() {
    return emitted;
  }

  private void emit(Cut cut) {
    int from = cut.from();
    while (from < cut.to()) {
      StemBlock block = lanes.free();
      int part = Math.min(cut.to() - from, block.capacity());
      for (int i = 0; i < plan.products().size(); i++) {
        for (int channel = 0; channel < 2; channel++) {
          fill(cut, plan.products().get(i), channel, from, part, block.channel(i, channel));
        }
      }
      lanes.send(block, part);
      from += part;
    }
  }

  private void fill(
      Cut cut, StemPlan.Product product, int channel, int from, int count, float[] to) {
    List<Integer> group = plan.groups().get(product.group());
    float[] mix = cut.mix(channel);
    joined.read(product.group(), channel, from, count, deviation, mean * group.size(), to);
    if (plan.spread() >= 0) {
      int stems = spec.stems().size();
      joined.read(plan.spread(), channel, from, count, deviation, mean * stems, sum);
      float share = (float) group.size() / stems;
      for (int i = 0; i < count; i++) {
        to[i] += share * (mix[from + i] - sum[i]);
      }
    }
    if (product.restOfMix()) {
      for (int i = 0; i < count; i++) {
        to[i] = mix[from + i] - to[i];
      }
    }
    requireNumbers(product, from - cut.from(), count, to);
  }

  private void requireNumbers(StemPlan.Product product, int after, int count, float[] samples) {
    float poison = 0;
    for (int i = 0; i < count; i++) {
      // 0 for every number, not a number for the rest.
      poison += samples[i] * 0f;
    }
    if (poison != 0) {
      double seconds = (double) (emitted + after) / spec.sound().sampleRateHz();
      throw new JobException(
          FailureCode.SOUND_CHECK_FAILED,
          "model %s: %s holds values that are no numbers, after %.1f s"
              .formatted(spec.id(), product.stem().key(), seconds));
    }
  }
}
