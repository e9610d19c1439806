package dev.stemfleet.worker.job;

import dev.stemfleet.common.domain.Exchange;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.Tensor;
import dev.stemfleet.worker.model.ResidentModel;
import dev.stemfleet.worker.separation.SegmentModel;
import java.nio.FloatBuffer;
import java.util.Set;

/// A resident model as the separation wants it. As thread-safe as the model.
public final class ResidentSegments implements SegmentModel {
  private final ResidentModel model;
  private final Exchange exchange;
  private final FloatBuffer input;
  private final FloatBuffer output;

  public ResidentSegments(ResidentModel model) {
    this.model = model;
    this.exchange = model.exchanges().getFirst();
    this.input = buffer(exchange.inputs(0).getFirst());
    this.output = buffer(exchange.outputs(0).getFirst());
  }

  @Override
  public ModelSpec spec() {
    return model.spec();
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
    Tensor in = exchange.inputs(0).getFirst();
    Tensor out = exchange.outputs(0).getFirst();
    in.put(0, input.array(), 0, input.capacity());
    model.run(exchange, Set.of(0), 1);
    out.get(0, output.array(), 0, output.capacity());
  }

  private static FloatBuffer buffer(Tensor tensor) {
    return FloatBuffer.allocate(Math.toIntExact(tensor.shape().size()));
  }
}
