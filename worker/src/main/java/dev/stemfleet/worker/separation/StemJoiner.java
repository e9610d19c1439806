package dev.stemfleet.worker.separation;

import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.nio.FloatBuffer;

/// Joins the network's answers to stems and hands these to the sinks. [#hear] and [#join] take
/// turns: the first on the thread that runs the network, the second on one beside it.
final class StemJoiner {
  private final ModelSpec spec;
  private final StemPlan plan;
  private final StemLanes lanes;
  private final OverlapAdd joined;
  private final float[] answer;
  private final float mean;
  private final float deviation;
  private long emitted;

  /// @param mean taken off the mix before the network saw it
  /// @param deviation by which it was divided
  StemJoiner(ModelSpec spec, StemPlan plan, StemLanes lanes, float mean, float deviation) {
    this.spec = spec;
    this.plan = plan;
    this.lanes = lanes;
    this.joined = new OverlapAdd(spec.segments(), plan.groups());
    this.answer = new float[spec.stems().size() * 2 * spec.segments().samples()];
    this.mean = mean;
    this.deviation = deviation;
  }

  /// Copies the network's answer, so that it may run again.
  void hear(FloatBuffer output) {
    output.get(0, answer);
  }

  /// Adds what was heard to what came before and hands out all that no later segment changes.
  /// Returns when the sinks have taken it, also when it throws.
  ///
  /// @param cut the segment that was heard
  /// @param last whether no segment comes after it
  void join(Cut cut, boolean last) {
    try {
      joined.add(answer, cut.lead(), cut.available());
      int count = last ? cut.available() : spec.segments().strideSamples();
      emit(cut, count);
      joined.slide(spec.segments().strideSamples());
      emitted += count;
    } finally {
      lanes.finish();
    }
  }

  /// Samples per channel that every stem got.
  long emitted() {
    return emitted;
  }

  private void emit(Cut cut, int count) {
    int from = 0;
    while (from < count) {
      StemBlock block = lanes.free();
      int part = Math.min(count - from, block.capacity());
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
    float shift = mean * plan.groups().get(product.group()).size();
    joined.read(product.group(), channel, from, count, deviation, shift, to);
    if (product.restOfMix()) {
      float[] mix = cut.mix(channel);
      for (int i = 0; i < count; i++) {
        to[i] = mix[from + i] - to[i];
      }
    }
    requireNumbers(product, from, count, to);
  }

  private void requireNumbers(StemPlan.Product product, int from, int count, float[] samples) {
    float poison = 0;
    for (int i = 0; i < count; i++) {
      // 0 for every number, not a number for the rest.
      poison += samples[i] * 0f;
    }
    if (poison != 0) {
      double seconds = (double) (emitted + from) / spec.sound().sampleRateHz();
      throw new JobException(
          FailureCode.SOUND_CHECK_FAILED,
          "model %s: %s holds values that are no numbers, after %.1f s"
              .formatted(spec.id(), product.stem().key(), seconds));
    }
  }
}
