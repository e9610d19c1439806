package dev.stemfleet.worker.separation;

import dev.stemfleet.common.domain.Exchange;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.Progress;
import dev.stemfleet.worker.separation.layout.Translator;
import dev.stemfleet.worker.separation.layout.WantedStems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;

/// One track on its way through the networks. Used once.
///
/// While the calling thread runs round n, one thread beside it cuts the segments of round n + 1
/// from the mix and fills their exchange, and another reads the exchange of round n − 1, joins its
/// segments and waits for the sinks to take them. Between two runs nothing is copied.
final class SeparationRun {
  /// One is filled, one is run, one is joined.
  private static final int ROUNDS = 3;

  private final SegmentModel model;
  private final SeparationOrder order;
  private final WantedStems wanted;
  private final Translator translator;
  private final SegmentCutter cutter;
  private final StemLanes lanes;
  private final StemJoiner joiner;
  private final List<Round> rounds = new ArrayList<>();

  private int segments;
  private long inferenceNanos;
  private long waitedNanos;

  SeparationRun(
      MixSource mix, SegmentModel model, SeparationOrder order, StemSink sink, Executor encoders) {
    this.model = model;
    this.order = order;
    ModelSpec spec = model.spec();
    StemPlan plan = StemPlan.of(spec, order.stems());
    TrackLevel level =
        switch (spec.treatment().normalisation()) {
          case NONE -> TrackLevel.UNIT;
          case MONO_MEAN_DEVIATION -> order.level();
        };
    float mean = (float) level.mean();
    // Silence has no deviation; the same guard as adefossez/demucs.
    float deviation = (float) (level.deviation() + 1e-8);
    this.cutter =
        new SegmentCutter(
            mix, spec.segments(), Shifts.of(spec, order.level()), mean, 1 / deviation);
    this.lanes =
        new StemLanes(
            sink, encoders, plan.products().stream().map(StemPlan.Product::stem).toList());
    this.wanted = WantedStems.of(spec, plan.outputs());
    int batch = spec.segments().batch();
    for (int i = 0; i < ROUNDS; i++) {
      List<Cut> cuts = new ArrayList<>();
      for (int slot = 0; slot < batch; slot++) {
        cuts.add(new Cut(i * batch + slot, spec.segments().samples()));
      }
      rounds.add(new Round(model.exchanges().get(i), cuts));
    }
    this.translator = Translator.of(spec, wanted, ROUNDS * batch);
    this.joiner = new StemJoiner(spec, plan, translator, lanes, mean, deviation);
  }

  Separated run(Progress progress) {
    try (translator;
        Beside reading = new Beside("stemfleet-read");
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
      int round = 0;
      Future<Boolean> read = reading.start(() -> fill(rounds.getFirst()));
      Future<?> joined = CompletableFuture.completedFuture(null);
      boolean more = await(read);
      while (more) {
        Round here = rounds.get(round % ROUNDS);
        Round next = rounds.get(++round % ROUNDS);
        read = reading.start(() -> fill(next));
        infer(here);
        await(joined);
        more = await(read);
        joined = joining.start(() -> join(here));
        progress.at(more ? fraction() : 1);
      }
      await(joined);
      progress.at(1);
    } catch (RuntimeException | Error e) {
      lanes.stop();
      throw e;
    }
  }

  private boolean fill(Round round) {
    return round.fill(cutter, this::ask);
  }

  private void ask(Cut cut, Exchange exchange, int slot) {
    translator.ask(cut.place(), cut.input(), exchange, slot);
  }

  private void infer(Round round) {
    long start = System.nanoTime();
    model.run(round.exchange(), wanted.networks(), round.cuts().size());
    inferenceNanos += System.nanoTime() - start;
    segments += round.cuts().size();
  }

  private int join(Round round) {
    for (int slot = 0; slot < round.cuts().size(); slot++) {
      joiner.join(round.cuts().get(slot), round.exchange(), slot);
    }
    return round.cuts().size();
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
    int passes = 1 + model.spec().treatment().shifts();
    double stride = (double) model.spec().segments().strideSamples() / passes;
    return order.expectedSamples() <= 0
        ? 0
        : Math.min(1, segments * stride / order.expectedSamples());
  }
}
