package dev.stemfleet.worker.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import dev.stemfleet.common.domain.Exchange;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.Tensor;
import dev.stemfleet.worker.model.Binding.Bound;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// The tensors of one run of a resident model. Owned and closed by it.
final class ResidentExchange implements Exchange, AutoCloseable {
  private final List<Binding> bindings;
  private final List<List<HostTensor>> inputs = new ArrayList<>();
  private final List<List<HostTensor>> outputs = new ArrayList<>();
  private final Map<Slice, Feed> feeds = new HashMap<>();

  /// @param arena that its memory comes from
  /// @param bindings of the model's networks
  ResidentExchange(Arena arena, ModelSpec spec, List<Binding> bindings) {
    this.bindings = bindings;
    for (int network = 0; network < bindings.size(); network++) {
      Binding binding = bindings.get(network);
      inputs.add(inputs(arena, spec, network));
      outputs.add(
          binding.outputs().stream()
              .map(bound -> HostTensor.allocate(arena, bound.shape(), bound.dtype()))
              .toList());
    }
  }

  /// Those of an earlier network that hears the same, else new ones.
  private List<HostTensor> inputs(Arena arena, ModelSpec spec, int network) {
    List<Bound> own = bindings.get(network).inputs();
    for (int other = 0; other < network; other++) {
      if (spec.layout().sameInput(network, other) && alike(bindings.get(other).inputs(), own)) {
        return inputs.get(other);
      }
    }
    return own.stream()
        .map(bound -> HostTensor.allocate(arena, bound.shape(), bound.dtype()))
        .toList();
  }

  /// But for their names.
  private static boolean alike(List<Bound> some, List<Bound> others) {
    return some.size() == others.size()
        && IntStream.range(0, some.size())
            .allMatch(
                role ->
                    some.get(role).shape().equals(others.get(role).shape())
                        && some.get(role).dtype() == others.get(role).dtype());
  }

  @Override
  public List<Tensor> inputs(int network) {
    return List.copyOf(inputs.get(network));
  }

  @Override
  public List<Tensor> outputs(int network) {
    return List.copyOf(outputs.get(network));
  }

  @Override
  public List<String> stems(int network) {
    return bindings.get(network).stems();
  }

  /// The same memory as ONNX Runtime wants it, for some indices of axis 0; made once.
  Feed feed(Slice slice) throws OrtException {
    Feed known = feeds.get(slice);
    if (known != null) {
      return known;
    }
    Binding binding = bindings.get(slice.network());
    Feed made = new Feed(new LinkedHashMap<>(), new LinkedHashMap<>());
    try {
      fill(made.inputs(), binding.inputs(), inputs.get(slice.network()), slice);
      fill(made.outputs(), binding.outputs(), outputs.get(slice.network()), slice);
    } catch (OrtException | RuntimeException e) {
      made.close();
      throw e;
    }
    feeds.put(slice, made);
    return made;
  }

  private static void fill(
      Map<String, OnnxTensor> feed, List<Bound> bound, List<HostTensor> tensors, Slice slice)
      throws OrtException {
    for (int role = 0; role < bound.size(); role++) {
      feed.put(bound.get(role).name(), tensors.get(role).part(slice.from(), slice.count()));
    }
  }

  @Override
  public void close() {
    feeds.values().forEach(Feed::close);
    feeds.clear();
  }

  /// Some indices of axis 0 of a network's tensors.
  record Slice(int network, long from, long count) {}

  /// Tensors by name.
  record Feed(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs) {
    private void close() {
      inputs.values().forEach(OnnxTensor::close);
      outputs.values().forEach(OnnxTensor::close);
    }
  }
}
