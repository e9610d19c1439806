package dev.stemfleet.common.message;

import java.util.List;
import java.util.Map;

/// What a network's file says of its tensors, as the worker program tells it to others.
///
/// @param metadata that its author put into the file
/// @param sideFiles that it reads its weights from, as paths relative to its own folder
public record GraphFacts(
    List<Tensor> inputs,
    List<Tensor> outputs,
    Map<String, String> metadata,
    List<String> sideFiles) {
  public GraphFacts {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    metadata = Map.copyOf(metadata);
    sideFiles = List.copyOf(sideFiles);
  }

  /// An input or output.
  ///
  /// @param type of its numbers: `float32`, `float16`, or something that no model here may have
  /// @param dims its sizes, −1 where the file leaves one open
  public record Tensor(String name, String type, List<Long> dims) {
    public Tensor {
      dims = List.copyOf(dims);
    }

    /// @param axis from 0
    public long dim(int axis) {
      return dims.get(axis);
    }

    public int rank() {
      return dims.size();
    }

    @Override
    public String toString() {
      return name + " " + type + " " + dims;
    }
  }
}
