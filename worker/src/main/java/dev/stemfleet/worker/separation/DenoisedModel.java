package dev.stemfleet.worker.separation;

import dev.stemfleet.common.domain.Exchange;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// A model that is run twice, the second time with everything upside down: (f(x) − f(−x)) / 2.
/// Leaves its inputs upside down. Used for one track, by one thread.
///
/// Source: Anjok07/ultimatevocalremovergui, `separate.py`.
final class DenoisedModel implements SegmentModel {
  private final SegmentModel model;
  private final IdentityHashMap<Tensor, float[]> answers = new IdentityHashMap<>();
  private float[] some = {};

  private DenoisedModel(SegmentModel model) {
    this.model = model;
  }

  /// The model as its definition wants it run.
  static SegmentModel of(SegmentModel model) {
    return model.spec().treatment().denoise() ? new DenoisedModel(model) : model;
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
    model.run(exchange, networks, segments);
    Set<Tensor> inputs = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int network : networks) {
      inputs.addAll(exchange.inputs(network));
      exchange.outputs(network).forEach(this::keep);
    }
    inputs.forEach(this::turn);
    model.run(exchange, networks, segments);
    for (int network : networks) {
      exchange.outputs(network).forEach(this::halve);
    }
  }

  private void keep(Tensor output) {
    float[] answer = answers.computeIfAbsent(output, tensor -> new float[size(tensor)]);
    output.get(0, answer, 0, answer.length);
  }

  private void turn(Tensor input) {
    float[] values = values(input);
    int count = size(input);
    for (int i = 0; i < count; i++) {
      values[i] = -values[i];
    }
    input.put(0, values, 0, count);
  }

  private void halve(Tensor output) {
    float[] answer = Objects.requireNonNull(answers.get(output), "kept before");
    float[] values = values(output);
    int count = size(output);
    for (int i = 0; i < count; i++) {
      values[i] = (answer[i] - values[i]) / 2;
    }
    output.put(0, values, 0, count);
  }

  private float[] values(Tensor tensor) {
    int count = size(tensor);
    if (some.length < count) {
      some = Arrays.copyOf(some, count);
    }
    tensor.get(0, some, 0, count);
    return some;
  }

  private static int size(Tensor tensor) {
    return Math.toIntExact(tensor.shape().size());
  }
}
