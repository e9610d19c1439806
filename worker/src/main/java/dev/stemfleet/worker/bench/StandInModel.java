package dev.stemfleet.worker.bench;

import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.domain.ModelLayout;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.ModelSpec.Dtype;
import dev.stemfleet.common.domain.ModelSpec.Segments;
import dev.stemfleet.common.domain.ModelSpec.Treatment;
import dev.stemfleet.worker.separation.SegmentModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// A model on a device that there is not: its runs wait without using the processor, and its
/// answers were given beforehand, in turn.
final class StandInModel implements SegmentModel {
  private final ModelSpec spec;
  private final long waitNanos;
  private final List<FloatBuffer> answers;
  private final FloatBuffer input;
  private int runs;

  /// @param spec of the model that it stands in for
  /// @param waitNanos per run
  /// @param answers at least one, of the model's size
  StandInModel(ModelSpec spec, long waitNanos, List<FloatBuffer> answers) {
    this.spec = spec;
    this.waitNanos = waitNanos;
    this.answers = List.copyOf(answers);
    this.input = direct(2 * spec.segments().samples());
  }

  /// A network of the usual four stems.
  static ModelSpec fourStems(String id, Segments segments) {
    return new ModelSpec(
        id,
        1,
        new ModelLayout.Waveform(),
        List.of(new ModelFile(id + ".onnx", "0".repeat(64), 1)),
        List.of(),
        List.of("drums", "bass", "other", "vocals"),
        new ModelSpec.Sound(44_100, 2),
        Dtype.FLOAT32,
        segments,
        Treatment.NONE,
        "none",
        "a stand-in of the bench");
  }

  static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(Float.BYTES * floats)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
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
    return answers.get(runs % answers.size());
  }

  @Override
  public void run() {
    long deadline = System.nanoTime() + waitNanos;
    for (long left = waitNanos; left > 0; left = deadline - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
    runs++;
  }
}
