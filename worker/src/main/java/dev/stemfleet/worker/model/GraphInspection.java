package dev.stemfleet.worker.model;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import ai.onnxruntime.TensorInfo;
import dev.stemfleet.common.message.GraphFacts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/// Looks at the tensors of a network: of one that is open, or of a file that has no definition yet.
public final class GraphInspection {
  private GraphInspection() {}

  /// @throws dev.stemfleet.common.failure.JobException MODEL_BROKEN naming the file, if it is no
  ///   network
  public static GraphFacts of(Path file) {
    String name = file.toString();
    if (!Files.isRegularFile(file)) {
      throw ModelFiles.broken(name, "no such file");
    }
    try {
      OrtEnvironment environment = Sessions.environment();
      try (SessionOptions options = new SessionOptions()) {
        options.setOptimizationLevel(OptLevel.NO_OPT);
        try (OrtSession session = DeepStack.call(() -> environment.createSession(name, options))) {
          return of(session);
        }
      }
    } catch (OrtException e) {
      throw ModelFiles.broken(name, "ONNX Runtime cannot load it: " + Sessions.oneLine(e));
    }
  }

  static GraphFacts of(OrtSession session) throws OrtException {
    return new GraphFacts(
        tensors(session.getInputInfo().values()),
        tensors(session.getOutputInfo().values()),
        session.getMetadata().getCustomMetadata());
  }

  private static List<GraphFacts.Tensor> tensors(Collection<NodeInfo> nodes) {
    return nodes.stream().map(GraphInspection::tensor).toList();
  }

  private static GraphFacts.Tensor tensor(NodeInfo node) {
    if (!(node.getInfo() instanceof TensorInfo info)) {
      return new GraphFacts.Tensor(node.getName(), "no tensor", List.of());
    }
    String type =
        info.type == OnnxJavaType.FLOAT ? "float32" : info.type.name().toLowerCase(Locale.ROOT);
    return new GraphFacts.Tensor(
        node.getName(), type, Arrays.stream(info.getShape()).boxed().toList());
  }
}
