package dev.stemfleet.worker.bench;

import dev.stemfleet.common.domain.ArrayExchange;
import dev.stemfleet.common.domain.Exchange;
import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.domain.ModelLayout;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.ModelSpec.Dtype;
import dev.stemfleet.common.domain.ModelSpec.Segments;
import dev.stemfleet.common.domain.ModelSpec.Treatment;
import dev.stemfleet.common.domain.Tensor;
import dev.stemfleet.worker.separation.SegmentModel;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// A model on a device that there is not: its runs wait without using the processor, and its
/// answers were given beforehand, in turn.
final class StandInModel implements SegmentModel {
  private final ModelSpec spec;
  private final long waitNanos;
  private final List<List<Tensor>> answers;
  private final List<Answering> exchanges;
  private int runs;

  /// @param spec of the model that it stands in for
  /// @param waitNanos per run
  /// @param answers at least one, each the outputs of a run by role
  StandInModel(ModelSpec spec, long waitNanos, List<List<Tensor>> answers) {
    this.spec = spec;
    this.waitNanos = waitNanos;
    this.answers = List.copyOf(answers);
    this.exchanges = Stream.generate(Answering::new).limit(3).toList();
  }

  /// A network of the usual four stems.
  static ModelSpec fourStems(String id, ModelLayout layout, Segments segments) {
    return new ModelSpec(
        id,
        1,
        layout,
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

  @Override
  public ModelSpec spec() {
    return spec;
  }

  @Override
  public List<Exchange> exchanges() {
    return List.copyOf(exchanges);
  }

  @Override
  public void run(Exchange exchange, Set<Integer> networks, int segments) {
    long deadline = System.nanoTime() + waitNanos;
    for (long left = waitNanos; left > 0; left = deadline - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
    for (Answering one : exchanges) {
      if (one == exchange) {
        one.answer = answers.get(runs % answers.size());
      }
    }
    runs++;
  }

  /// An exchange whose outputs are answers that were given beforehand; nothing is copied.
  private final class Answering implements Exchange {
    private final List<Tensor> inputs = ArrayExchange.of(spec).inputs(0);
    private List<Tensor> answer = answers.getFirst();

    @Override
    public List<Tensor> inputs(int network) {
      return inputs;
    }

    @Override
    public List<Tensor> outputs(int network) {
      return answer;
    }

    @Override
    public List<String> stems(int network) {
      return spec.stems();
    }
  }
}
