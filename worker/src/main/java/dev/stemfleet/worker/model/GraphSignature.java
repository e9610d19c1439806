package dev.stemfleet.worker.model;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.stemfleet.common.domain.ModelSpec.Dtype;
import dev.stemfleet.common.domain.TensorShape;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/// What a network's file says of its tensors: all that can be known without running it.
///
/// @param metadata that its author put into the file
public record GraphSignature(List<Slot> inputs, List<Slot> outputs, Map<String, String> metadata) {
  /// How a size that the file leaves open is written.
  public static final long ANY = -1;

  public GraphSignature {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    metadata = Map.copyOf(metadata);
  }

  static GraphSignature of(OrtSession session) throws OrtException {
    return new GraphSignature(
        slots(session.getInputInfo().values()),
        slots(session.getOutputInfo().values()),
        session.getMetadata().getCustomMetadata());
  }

  private static List<Slot> slots(Collection<NodeInfo> nodes) {
    return nodes.stream().map(GraphSignature::slot).toList();
  }

  private static Slot slot(NodeInfo node) {
    if (!(node.getInfo() instanceof TensorInfo tensor)) {
      return new Slot(node.getName(), "no tensor", List.of());
    }
    String type =
        tensor.type == OnnxJavaType.FLOAT ? "float32" : tensor.type.name().toLowerCase(Locale.ROOT);
    return new Slot(node.getName(), type, Arrays.stream(tensor.getShape()).boxed().toList());
  }

  /// An input or output.
  ///
  /// @param type of its numbers, for instance `float32`
  /// @param dims its sizes, [#ANY] where the file leaves one open
  public record Slot(String name, String type, List<Long> dims) {
    public Slot {
      dims = List.copyOf(dims);
    }

    int rank() {
      return dims.size();
    }

    boolean holds(Dtype dtype) {
      return type.equals(dtype.name().toLowerCase(Locale.ROOT));
    }

    /// Whether a tensor of this shape can go there: an open size takes any.
    boolean takes(TensorShape shape) {
      return rank() == shape.dims().size()
          && IntStream.range(0, rank())
              .allMatch(i -> dims.get(i) == ANY || dims.get(i).equals(shape.dims().get(i)));
    }
  }
}
