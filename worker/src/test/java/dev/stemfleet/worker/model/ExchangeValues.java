package dev.stemfleet.worker.model;

import dev.stemfleet.common.domain.Exchange;
import dev.stemfleet.common.domain.Tensor;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Fills and reads whole tensors.
public final class ExchangeValues {
  private ExchangeValues() {}

  public static float[] get(Tensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.shape().size())];
    tensor.get(0, values, 0, values.length);
    return values;
  }

  public static void put(Tensor tensor, float... values) {
    tensor.put(0, values, 0, values.length);
  }

  /// Fills a tensor with noise and says what is in it now.
  public static float[] noise(Tensor tensor, Random random) {
    float[] values = new float[Math.toIntExact(tensor.shape().size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    put(tensor, values);
    return get(tensor);
  }

  /// All networks, on everything that the exchange holds.
  public static void runAll(ResidentModel model, Exchange exchange) {
    model.run(exchange, networks(model), model.spec().segments().batch());
  }

  static Set<Integer> networks(ResidentModel model) {
    return IntStream.range(0, model.spec().files().size()).boxed().collect(Collectors.toSet());
  }
}
