package dev.stemfleet.worker.job;

import dev.stemfleet.common.domain.ArrayExchange;
import dev.stemfleet.common.domain.Exchange;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.Tensor;
import dev.stemfleet.worker.model.ResidentModel;
import dev.stemfleet.worker.separation.SegmentModel;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A resident model as the separation wants it. As thread-safe as the model.
///
/// @param exchanges copied into the model's own buffers and out of them around every run
public record ResidentSegments(ResidentModel model, List<Exchange> exchanges)
    implements SegmentModel {
  private static final int EXCHANGES = 3;

  public ResidentSegments(ResidentModel model) {
    this(
        model,
        Stream.<Exchange>generate(() -> ArrayExchange.of(model.spec())).limit(EXCHANGES).toList());
  }

  @Override
  public ModelSpec spec() {
    return model.spec();
  }

  @Override
  public void run(Exchange exchange, Set<Integer> networks, int segments) {
    float[] input = new float[model.input().capacity()];
    exchange.inputs(0).getFirst().get(0, input, 0, input.length);
    model.input().put(0, input);
    model.run();
    Tensor output = exchange.outputs(0).getFirst();
    float[] answer = new float[model.output().capacity()];
    model.output().get(0, answer);
    output.put(0, answer, 0, answer.length);
  }
}
