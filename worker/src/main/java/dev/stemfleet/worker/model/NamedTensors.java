package dev.stemfleet.worker.model;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.stemfleet.common.domain.ModelSpec.Dtype;
import java.util.Map;
import java.util.Set;

/// The tensors of an open network whose names are known: whether they are there, and what the
/// network's file says of them.
///
/// @param file named in errors
record NamedTensors(String file, Map<String, NodeInfo> inputs, Map<String, NodeInfo> outputs) {
  NamedTensors {
    inputs = Map.copyOf(inputs);
    outputs = Map.copyOf(outputs);
  }

  static NamedTensors of(OrtSession session, String file) throws OrtException {
    return new NamedTensors(file, session.getInputInfo(), session.getOutputInfo());
  }

  boolean hasInput(String name) {
    return inputs.containsKey(name);
  }

  /// @throws dev.stemfleet.common.failure.JobException MODEL_BROKEN if one is missing, or an input
  ///   is there that nobody fills
  void require(Set<String> wantedInputs, Set<String> wantedOutputs) {
    for (String name : wantedInputs.stream().sorted().toList()) {
      input(name);
    }
    for (String name : wantedOutputs.stream().sorted().toList()) {
      output(name);
    }
    inputs.keySet().stream()
        .filter(name -> !wantedInputs.contains(name))
        .sorted()
        .findFirst()
        .ifPresent(
            name -> {
              throw ModelFiles.broken(file, "wants an input " + name + ", which is not known here");
            });
  }

  TensorInfo input(String name) {
    return tensor(inputs, "input", name);
  }

  TensorInfo output(String name) {
    return tensor(outputs, "output", name);
  }

  /// Type of an input's numbers.
  Dtype inputType(String name) {
    return type(input(name), name);
  }

  /// Type of an output's numbers.
  Dtype outputType(String name) {
    return type(output(name), name);
  }

  /// A size that the file must state.
  ///
  /// @param info one of this network's
  int size(TensorInfo info, int axis, String name) {
    long[] shape = info.getShape();
    if (shape.length <= axis || shape[axis] < 1) {
      throw ModelFiles.broken(file, name + " leaves the size of axis " + axis + " open");
    }
    return Math.toIntExact(shape[axis]);
  }

  private Dtype type(TensorInfo info, String name) {
    if (info.type == OnnxJavaType.FLOAT) {
      return Dtype.FLOAT32;
    }
    if (info.type == OnnxJavaType.FLOAT16) {
      return Dtype.FLOAT16;
    }
    throw ModelFiles.broken(
        file, "%s is %s; float32 and float16 are known".formatted(name, info.type));
  }

  private TensorInfo tensor(Map<String, NodeInfo> nodes, String kind, String name) {
    NodeInfo node = nodes.get(name);
    if (node == null || !(node.getInfo() instanceof TensorInfo info)) {
      throw ModelFiles.broken(
          file,
          "has no %s %s, but %s".formatted(kind, name, nodes.keySet().stream().sorted().toList()));
    }
    return info;
  }
}
