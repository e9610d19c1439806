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
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// The tensors of a network, bound to the roles that the layout gives them: by shape, never by
/// name.
///
/// @param input name of the tensor that takes the mix
/// @param inputShape without dynamic dimensions
/// @param output name of the tensor that gives the stems
/// @param outputShape without dynamic dimensions
record TensorShapes(String input, List<Long> inputShape, String output, List<Long> outputShape) {

  /// @param file named in errors
  /// @throws dev.stemfleet.common.failure.JobException MODEL_BROKEN naming file and tensor
  static TensorShapes bind(OrtSession session, ModelSpec spec, String file) throws OrtException {
    if (!(spec.layout() instanceof ModelLayout.Waveform)) {
      throw ModelFiles.broken(file, "layout: %s cannot be run yet".formatted(spec.layout().key()));
    }
    return bindWaveform(session, spec, file);
  }

  private static TensorShapes bindWaveform(OrtSession session, ModelSpec spec, String file)
      throws OrtException {
    long channels = spec.sound().channels();
    long samples = spec.segments().samples();
    List<Long> in = List.of(1L, channels, samples);
    List<Long> out = List.of(1L, (long) spec.stems().size(), channels, samples);
    return new TensorShapes(
        only(session.getInputInfo(), "input", in, file),
        in,
        only(session.getOutputInfo(), "output", out, file),
        out);
  }

  private static String only(
      Map<String, NodeInfo> tensors, String role, List<Long> expected, String file) {
    Collection<NodeInfo> all = tensors.values();
    if (all.size() != 1) {
      throw ModelFiles.broken(
          file, "%ss: a waveform network has 1, this has %d".formatted(role, all.size()));
    }
    NodeInfo node = all.iterator().next();
    if (!(node.getInfo() instanceof TensorInfo tensor) || tensor.type != OnnxJavaType.FLOAT) {
      throw ModelFiles.broken(file, "%s %s: must be float32".formatted(role, node.getName()));
    }
    List<Long> shape = Arrays.stream(tensor.getShape()).boxed().toList();
    if (!fits(shape, expected)) {
      throw ModelFiles.broken(
          file,
          "%s %s: shape is %s, the definition's stems, channels and segments give %s"
              .formatted(role, node.getName(), shape, expected));
    }
    return node.getName();
  }

  /// A dynamic dimension reads as −1 and takes any size.
  private static boolean fits(List<Long> shape, List<Long> expected) {
    return shape.size() == expected.size()
        && IntStream.range(0, shape.size())
            .allMatch(i -> shape.get(i) == -1 || shape.get(i).equals(expected.get(i)));
  }
}
