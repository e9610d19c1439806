package dev.stemfleet.worker.separation;

import dev.stemfleet.common.domain.Exchange;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.Tensor;
import java.util.List;
import java.util.Set;

/// A model that adds the same to all its answers, whatever it hears.
record NoisyModel(SegmentModel model) implements SegmentModel {
  private static final float NOISE = 0.25f;

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
    model.run(exchange, networks, segments);
    for (int network : networks) {
      exchange.outputs(network).forEach(NoisyModel::add);
    }
  }

  private static void add(Tensor output) {
    float[] values = new float[Math.toIntExact(output.shape().size())];
    output.get(0, values, 0, values.length);
    for (int i = 0; i < values.length; i++) {
      values[i] += NOISE;
    }
    output.put(0, values, 0, values.length);
  }
}
