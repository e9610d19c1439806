package dev.stemfleet.worker.separation;

import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.Progress;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;

/// One track on its way through the network. Used once, by one thread.
final class SeparationRun {
  /// One is filled while the sinks work on the other.
  private static final int BLOCKS = 2;

  private final SegmentModel model;
  private final ModelSpec spec;
  private final SeparationOrder order;
  private final StemPlan plan;
  private final MixWindow window;
  private final OverlapAdd joined;
  private final StemLanes lanes;
  private final float mean;
  private final float deviation;
  private long emitted;
  private int segments;
  private long inferenceNanos;

  SeparationRun(
      MixSource mix, SegmentModel model, SeparationOrder order, StemSink sink, Executor encoders) {
    this.model = model;
    this.spec = model.spec();
    this.order = order;
    this.plan = StemPlan.of(spec, order.stems());
    this.window = new MixWindow(mix, spec.segments().samples());
    this.joined = new OverlapAdd(spec.segments(), plan.groups());
    List<StemBlock> blocks =
        IntStream.range(0, BLOCKS)
            .mapToObj(i -> new StemBlock(plan.products().size(), spec.segments().strideSamples()))
            .toList();
    this.lanes =
        new StemLanes(
            sink, encoders, plan.products().stream().map(StemPlan.Product::stem).toList(), blocks);
    TrackLevel level =
        switch (spec.trackNormalisation()) {
          case NONE -> TrackLevel.UNIT;
          case MONO_MEAN_DEVIATION -> order.level();
        };
    this.mean = (float) level.mean();
    // Silence has no deviation; the same guard as adefossez/demucs.
    this.deviation = (float) (level.deviation() + 1e-8);
  }

  Separated run(Progress progress) {
    try {
      progress.at(0);
      separate(progress);
      lanes.finish();
      progress.at(1);
    } catch (RuntimeException | Error e) {
      lanes.stop();
      throw e;
    }
    return new Separated(
        emitted, segments, Duration.ofNanos(inferenceNanos), Duration.ofNanos(lanes.waitedNanos()));
  }

  private void separate(Progress progress) {
    int stride = spec.segments().strideSamples();
    boolean more = window.fill();
    while (more) {
      lanes.check();
      infer();
      boolean last = window.available() < spec.segments().samples();
      emit(last ? window.available() : stride);
      if (last) {
        return;
      }
      window.slide(stride);
      joined.slide(stride);
      more = window.fill();
      progress.at(fraction());
    }
    // The mix ended with the segment: what overlaps a segment that never came is still to be sent.
    emit(window.available());
  }

  private void infer() {
    window.copyTo(model.input(), mean, 1 / deviation);
    long start = System.nanoTime();
    model.run();
    inferenceNanos += System.nanoTime() - start;
    joined.add(model.output(), window.lead(), window.available());
    segments++;
  }

  private void emit(int count) {
    int from = 0;
    while (from < count) {
      StemBlock block = lanes.free();
      int part = Math.min(count - from, block.capacity());
      for (int i = 0; i < plan.products().size(); i++) {
        for (int channel = 0; channel < 2; channel++) {
          fill(plan.products().get(i), channel, from, part, block.channel(i, channel));
        }
      }
      lanes.send(block, part);
      from += part;
    }
    emitted += count;
  }

  private void fill(StemPlan.Product product, int channel, int from, int count, float[] to) {
    float shift = mean * plan.groups().get(product.group()).size();
    joined.read(product.group(), channel, from, count, deviation, shift, to);
    if (product.restOfMix()) {
      float[] mix = window.channel(channel);
      int origin = window.origin() + from;
      for (int i = 0; i < count; i++) {
        to[i] = mix[origin + i] - to[i];
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

  private double fraction() {
    return order.expectedSamples() <= 0
        ? 0
        : Math.min(1, (double) emitted / order.expectedSamples());
  }
}
