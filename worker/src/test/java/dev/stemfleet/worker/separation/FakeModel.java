package dev.stemfleet.worker.separation;

import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.ModelSpec.Segments;
import dev.stemfleet.common.domain.ModelSpec.TrackNormalisation;
import dev.stemfleet.worker.model.StubModel;
import java.nio.FloatBuffer;
import java.util.List;

/// A network without a network: every stem is the mix divided by the number of stems.
final class FakeModel implements SegmentModel {
  private final ModelSpec spec;
  private final FloatBuffer input;
  private final FloatBuffer output;
  private final Runnable beforeRun;
  private int runs;

  FakeModel(List<String> stems, Segments segments, Runnable beforeRun) {
    this(stems, segments, TrackNormalisation.NONE, beforeRun);
  }

  FakeModel(
      List<String> stems, Segments segments, TrackNormalisation normalisation, Runnable beforeRun) {
    ModelFile file = new ModelFile("fake.onnx", "0".repeat(64), 1);
    this.spec = StubModel.spec(file, stems, segments, normalisation);
    this.input = FloatBuffer.allocate(2 * segments.samples());
    this.output = FloatBuffer.allocate(stems.size() * 2 * segments.samples());
    this.beforeRun = beforeRun;
  }

  @Override
  public ModelSpec spec() {
    return spec;
  }

  @Override
  public FloatBuffer input() {
    return input;
  }

  @Override
  public FloatBuffer output() {
    return output;
  }

  @Override
  public void run() {
    runs++;
    beforeRun.run();
    int stems = spec.stems().size();
    for (int i = 0; i < output.capacity(); i++) {
      output.put(i, input.get(i % input.capacity()) / stems);
    }
  }

  int runs() {
    return runs;
  }
}
