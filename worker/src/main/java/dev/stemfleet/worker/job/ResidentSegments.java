package dev.stemfleet.worker.job;

import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.worker.model.ResidentModel;
import dev.stemfleet.worker.separation.SegmentModel;
import java.nio.FloatBuffer;

/// A resident model as the separation wants it. As thread-safe as the model.
public record ResidentSegments(ResidentModel model) implements SegmentModel {
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
