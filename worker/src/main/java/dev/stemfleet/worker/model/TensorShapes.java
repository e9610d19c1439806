package dev.stemfleet.worker.model;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.stemfleet.common.domain.ModelLayout;
import dev.stemfleet.common.domain.ModelSpec;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;

/// The tensors of a network, bound to the roles that the layout gives them: by shape, never by
/// name.
///
/// @param input name of the tensor that takes the mix
/// @param inputShape without dynamic dimensions
/// @param output name of the tensor that gives the stems
/// @param outputShape without dynamic dimensions
record TensorShapes(String input, long[] inputShape, String output, long[] outputShape) {

  /// @param file named in errors
  /// @throws dev.stemfleet.common.failure.JobException MODEL_BROKEN naming file and tensor
  static TensorShapes bind(OrtSession session, ModelSpec spec, String file) throws OrtException {
    return switch (spec.layout()) {
      case ModelLayout.Waveform() -> bindWaveform(session, spec, file);
    };
  }

  private static TensorShapes bindWaveform(OrtSession session, ModelSpec spec, String file)
      throws OrtException {
    long channels = spec.sound().channels();
    long samples = spec.segments().samples();
    long[] in = {1, channels, samples};
    long[] out = {1, spec.stems().size(), channels, samples};
    return new TensorShapes(
        only(session.getInputInfo(), "input", in, file),
        in,
        only(session.getOutputInfo(), "output", out, file),
        out);
  }

  private static String only(
      Map<String, NodeInfo> tensors, String role, long[] expected, String file) {
    Collection<NodeInfo> all = tensors.values();
    if (all.size() != 1) {
      throw ModelFiles.broken(
          file, "%ss: a waveform network has 1, this has %d".formatted(role, all.size()));
    }
    NodeInfo node = all.iterator().next();
    if (!(node.getInfo() instanceof TensorInfo tensor) || tensor.type != OnnxJavaType.FLOAT) {
      throw ModelFiles.broken(file, "%s %s: must be float32".formatted(role, node.getName()));
    }
    if (!fits(tensor.getShape(), expected)) {
      throw ModelFiles.broken(
          file,
          "%s %s: shape is %s, the definition's stems, channels and segments give %s"
              .formatted(
                  role,
                  node.getName(),
                  Arrays.toString(tensor.getShape()),
                  Arrays.toString(expected)));
    }
    return node.getName();
  }

  /// A dynamic dimension reads as −1 and takes any size.
  private static boolean fits(long[] shape, long[] expected) {
    if (shape.length != expected.length) {
      return false;
    }
    for (int i = 0; i < shape.length; i++) {
      if (shape[i] != expected[i] && shape[i] != -1) {
        return false;
      }
    }
    return true;
  }
}
