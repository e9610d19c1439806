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
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
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
    List<String> sideFiles = sideFiles(file);
    try {
      OrtEnvironment environment = Sessions.environment();
      try (SessionOptions options = new SessionOptions()) {
        options.setOptimizationLevel(OptLevel.NO_OPT);
        try (OrtSession session = DeepStack.call(() -> environment.createSession(name, options))) {
          return of(session, sideFiles);
        }
      }
    } catch (OrtException e) {
      throw ModelFiles.broken(name, "ONNX Runtime cannot load it: " + Sessions.oneLine(e));
    }
  }

  static GraphFacts of(OrtSession session) throws OrtException {
    return of(session, List.of());
  }

  private static GraphFacts of(OrtSession session, List<String> sideFiles) throws OrtException {
    return new GraphFacts(
        tensors(session.getInputInfo().values()),
        tensors(session.getOutputInfo().values()),
        session.getMetadata().getCustomMetadata(),
        sideFiles);
  }

  /// Files with weights, each there.
  private static List<String> sideFiles(Path file) {
    List<String> found = new ArrayList<>();
    try (InputStream stream = Files.newInputStream(file)) {
      for (String location : ExternalData.locations(stream)) {
        String path = location.replaceFirst("^(\\./)+", "");
        if (path.startsWith("/") || path.contains("\\") || path.contains("..")) {
          throw ModelFiles.broken(
              file.toString(), "reads weights from %s, outside its folder".formatted(location));
        }
        if (!Files.isRegularFile(file.resolveSibling(path))) {
          throw ModelFiles.broken(
              file.toString(),
              "reads weights from %s, which is not there".formatted(file.resolveSibling(path)));
        }
        found.add(path);
      }
    } catch (IOException | InvalidPathException e) {
      throw ModelFiles.broken(file.toString(), "cannot be read: " + e.getMessage());
    }
    return found;
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
