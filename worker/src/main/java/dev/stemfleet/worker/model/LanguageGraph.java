package dev.stemfleet.worker.model;

import ai.onnxruntime.TensorInfo;
import dev.stemfleet.common.domain.ModelSpec.Dtype;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
    Types types,
    boolean positions) {
  static final String EMBEDDINGS = "inputs_embeds";
  static final String MASK = "attention_mask";
  static final String POSITIONS = "position_ids";
  static final String LOGITS = "logits";
  static final List<String> HALVES = List.of("key", "value");

  /// Types of its tensors' numbers, each of which may be its own.
  record Types(Dtype cache, Dtype embeddings, Dtype logits) {}

  /// @throws dev.stemfleet.common.failure.JobException MODEL_BROKEN if it is no such network
  static LanguageGraph of(NamedTensors tensors) {
    int layers = 0;
    while (tensors.hasInput(past(layers, "key"))) {
      layers++;
    }
    if (layers == 0) {
      throw ModelFiles.broken(
          tensors.file(), "has no input past_key_values.0.key: no language model");
    }
    boolean positions = tensors.hasInput(POSITIONS);
    tensors.require(inputs(layers, positions), outputs(layers));
    TensorInfo cache = tensors.input(past(0, "key"));
    return new LanguageGraph(
        layers,
        tensors.size(cache, 1, past(0, "key")),
        tensors.size(cache, 3, past(0, "key")),
        tensors.size(tensors.input(EMBEDDINGS), 2, EMBEDDINGS),
        tensors.size(tensors.output(LOGITS), 2, LOGITS),
        new Types(
            tensors.inputType(past(0, "key")),
            tensors.inputType(EMBEDDINGS),
            tensors.outputType(LOGITS)),
        positions);
  }

  private static Set<String> inputs(int layers, boolean positions) {
    Set<String> names = new HashSet<>(Set.of(EMBEDDINGS, MASK));
    if (positions) {
      names.add(POSITIONS);
    }
    for (int layer = 0; layer < layers; layer++) {
      for (String half : HALVES) {
        names.add(past(layer, half));
      }
    }
    return names;
  }

  private static Set<String> outputs(int layers) {
    Set<String> names = presents(layers);
    names.add(LOGITS);
    return names;
  }

  /// Names of the caches that it gives.
  Set<String> presents() {
    return presents(layers);
  }

  private static Set<String> presents(int layers) {
    Set<String> names = new HashSet<>();
    for (int layer = 0; layer < layers; layer++) {
      for (String half : HALVES) {
        names.add(present(layer, half));
      }
    }
    return names;
  }

  static String past(int layer, String half) {
    return "past_key_values." + layer + "." + half;
  }

  static String present(int layer, String half) {
    return "present." + layer + "." + half;
  }
}
