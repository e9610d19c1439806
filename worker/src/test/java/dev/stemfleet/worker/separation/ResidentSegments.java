package dev.stemfleet.worker.separation;

import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.worker.model.ResidentModel;
import java.nio.FloatBuffer;

/// A resident model as the separation wants it.
record ResidentSegments(ResidentModel model) implements SegmentModel {
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
    model.run();
  }
}
