package dev.stemfleet.worker.separation;

import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.Progress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/// One track on its way through the network. Used once.
///
/// While the calling thread runs segment n, one thread beside it cuts segment n + 1 from the mix
/// and another joins segment n − 1 and waits for the sinks to take it. Between two runs there are
/// only the copies into the network and out of it.
final class SeparationRun {
  private final SegmentModel model;
  private final SeparationOrder order;
  private final MixWindow window;
  private final StemLanes lanes;
  private final StemJoiner joiner;
  private final float mean;
  private final float deviation;
  private final int stride;

  /// One is cut, one is run, one is joined.
  private final List<Cut> cuts;

  private int segments;
  private long inferenceNanos;
  private long waitedNanos;

  SeparationRun(
      MixSource mix, SegmentModel model, SeparationOrder order, StemSink sink, Executor encoders) {
    this.model = model;
    this.order = order;
    ModelSpec spec = model.spec();
    int segment = spec.segments().samples();
    this.stride = spec.segments().strideSamples();
    StemPlan plan = StemPlan.of(spec, order.stems());
    this.window = new MixWindow(mix, segment);
    TrackLevel level =
        switch (spec.treatment().normalisation()) {
          case NONE -> TrackLevel.UNIT;
          case MONO_MEAN_DEVIATION -> order.level();
        };
    this.mean = (float) level.mean();
    // Silence has no deviation; the same guard as adefossez/demucs.
    this.deviation = (float) (level.deviation() + 1e-8);
    this.lanes =
        new StemLanes(
            sink, encoders, plan.products().stream().map(StemPlan.Product::stem).toList());
    this.joiner = new StemJoiner(spec, plan, lanes, mean, deviation);
    this.cuts = Stream.generate(() -> new Cut(segment)).limit(3).toList();
  }

  Separated run(Progress progress) {
    try (Beside reading = new Beside("stemfleet-read");
        Beside joining = new Beside("stemfleet-join")) {
      separate(reading, joining, progress);
    }
    return new Separated(
        joiner.emitted(),
        segments,
        Duration.ofNanos(inferenceNanos),
        Duration.ofNanos(waitedNanos));
  }

  private void separate(Beside reading, Beside joining, Progress progress) {
    try {
      progress.at(0);
      Future<Boolean> read = reading.start(() -> cut(cuts.getFirst()));
      Future<?> joined = CompletableFuture.completedFuture(null);
      boolean more = await(read);
      while (more) {
        Cut here = cuts.get(segments % cuts.size());
        Cut next = cuts.get(++segments % cuts.size());
        here.copyTo(model.input());
        read = reading.start(() -> cut(next));
        infer();
        await(joined);
        joiner.hear(model.output());
        more = await(read);
        boolean last = !more;
        joined = joining.start(() -> join(here, last));
        progress.at(last ? 1 : fraction());
      }
      await(joined);
      progress.at(1);
    } catch (RuntimeException | Error e) {
      lanes.stop();
      throw e;
    }
  }

  /// Moves the window on and cuts; false at the end of the mix.
  private boolean cut(Cut cut) {
    window.slide(stride);
    boolean more = window.fill();
    if (more) {
      cut.take(window, mean, 1 / deviation);
    }
    return more;
  }

  private void infer() {
    long start = System.nanoTime();
    model.run();
    inferenceNanos += System.nanoTime() - start;
  }

  private boolean join(Cut cut, boolean last) {
    joiner.join(cut, last);
    return last;
  }

  private <T> T await(Future<T> step) {
    long start = System.nanoTime();
    try {
      return Beside.await(step);
    } finally {
      waitedNanos += System.nanoTime() - start;
    }
  }

  private double fraction() {
    return order.expectedSamples() <= 0
        ? 0
        : Math.min(1, (double) segments * stride / order.expectedSamples());
  }
}
