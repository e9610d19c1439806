package dev.stemfleet.worker.model;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.util.Map;

/// The language model of a speech model, as its file says: sizes and types of its tensors.
///
/// @param layers each of which has a cache of keys and one of values
/// @param heads of the caches
/// @param headSize numbers of a head at a position
/// @param width of the embeddings it hears
/// @param vocabulary tokens that it gives logits for
/// @param positions whether it wants to be told positions
record LanguageGraph(
    int layers,
    int heads,
    int headSize,
    int width,
    int vocabulary,
    OnnxJavaType cacheType,
    OnnxJavaType embeddingType,
    OnnxJavaType logitsType,
    boolean positions) {
  static final String EMBEDDINGS = "inputs_embeds";
  static final String MASK = "attention_mask";
  static final String POSITIONS = "position_ids";
  static final String LOGITS = "logits";

  /// @param file for complaints
  /// @throws dev.stemfleet.common.failure.JobException MODEL_BROKEN if it is no such network
  static LanguageGraph of(OrtSession session, String file) throws OrtException {
    Map<String, NodeInfo> inputs = session.getInputInfo();
    int layers = 0;
    while (inputs.containsKey(past(layers, "key"))) {
      layers++;
    }
    if (layers == 0) {
      throw ModelFiles.broken(file, "has no input past_key_values.0.key: no language model");
    }
    TensorInfo cache = tensor(inputs, past(0, "key"), file);
    TensorInfo embeddings = tensor(inputs, EMBEDDINGS, file);
    TensorInfo logits = tensor(session.getOutputInfo(), LOGITS, file);
    var _ = tensor(inputs, MASK, file);
    var _ = tensor(session.getOutputInfo(), present(layers - 1, "value"), file);
    return new LanguageGraph(
        layers,
        size(cache, 1, past(0, "key"), file),
        size(cache, 3, past(0, "key"), file),
        size(embeddings, 2, EMBEDDINGS, file),
        size(logits, 2, LOGITS, file),
        cache.type,
        embeddings.type,
        logits.type,
        inputs.containsKey(POSITIONS));
  }

  static String past(int layer, String half) {
    return "past_key_values." + layer + "." + half;
  }

  static String present(int layer, String half) {
    return "present." + layer + "." + half;
  }

  private static TensorInfo tensor(Map<String, NodeInfo> nodes, String name, String file) {
    NodeInfo node = nodes.get(name);
    if (node == null || !(node.getInfo() instanceof TensorInfo info)) {
      throw ModelFiles.broken(file, "has no tensor " + name);
    }
    return info;
  }

  private static int size(TensorInfo info, int axis, String name, String file) {
    long[] shape = info.getShape();
    if (shape.length <= axis || shape[axis] < 1) {
      throw ModelFiles.broken(file, name + " leaves the size of axis " + axis + " open");
    }
    return Math.toIntExact(shape[axis]);
  }
}
