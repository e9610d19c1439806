package dev.stemfleet.worker.bench;

import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.worker.separation.SegmentModel;
import java.nio.FloatBuffer;

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
  public FloatBuffer input() {
    return model.input();
  }

  @Override
  public FloatBuffer output() {
    return model.output();
  }

  @Override
  public void run() {
    long start = System.nanoTime();
    model.run();
    nanos += System.nanoTime() - start;
    runs++;
  }
}
