package dev.stemfleet.worker.bench;

import dev.stemfleet.common.domain.Exchange;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.worker.separation.SegmentModel;
import java.util.List;
import java.util.Set;

/// Adds up the time that another model's runs take.
final class TimedModel implements SegmentModel {
  private final SegmentModel model;
  private int runs;
  private long nanos;

  TimedModel(SegmentModel model) {
    this.model = model;
  }

  int runs() {
    return runs;
  }

  double seconds() {
    return nanos / 1e9;
  }

  @Override
  public ModelSpec spec() {
    return model.spec();
  }

  @Override
  public List<Exchange> exchanges() {
    return model.exchanges();
  }

  @Override
  public void run(Exchange exchange, Set<Integer> networks, int segments) {
    long start = System.nanoTime();
    model.run(exchange, networks, segments);
    nanos += System.nanoTime() - start;
    runs++;
  }
}
