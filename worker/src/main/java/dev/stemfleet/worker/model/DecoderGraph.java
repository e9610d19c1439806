package dev.stemfleet.worker.model;

import ai.onnxruntime.TensorInfo;
import dev.stemfleet.common.domain.ModelSpec.Dtype;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A Whisper decoder, as its file says. With caches, each layer has two of the transcript
/// (`decoder`) and two of the sound (`encoder`), and the file says by a switch whether they are
/// filled; without, the whole transcript goes in at every step.
///
/// @param layers with caches; 0 without
/// @param heads of the caches
/// @param headSize numbers of a head at a position
/// @param vocabulary tokens that it gives logits for
/// @param cacheType type of the caches' numbers
/// @param switched whether it must be told whether the caches are filled
record DecoderGraph(
    int layers, int heads, int headSize, int vocabulary, Dtype cacheType, boolean switched) {
  static final String IDS = "input_ids";
  static final String HEARD = "encoder_hidden_states";
  static final String LOGITS = "logits";
  static final String SWITCH = "use_cache_branch";
  static final List<String> HALVES = List.of("key", "value");
  static final List<String> SIDES = List.of("decoder", "encoder");

  /// @throws dev.stemfleet.common.failure.JobException MODEL_BROKEN if it is no such network
  static DecoderGraph of(NamedTensors tensors) {
    int layers = 0;
    while (tensors.hasInput(past(layers, "decoder", "key"))) {
      layers++;
    }
    boolean switched = tensors.hasInput(SWITCH);
    tensors.require(inputs(layers, switched), outputs(layers));
    int vocabulary = tensors.size(tensors.output(LOGITS), 2, LOGITS);
    if (layers == 0) {
      return new DecoderGraph(0, 0, 0, vocabulary, Dtype.FLOAT32, switched);
    }
    String first = past(0, "decoder", "key");
    TensorInfo cache = tensors.input(first);
    return new DecoderGraph(
        layers,
        tensors.size(cache, 1, first),
        tensors.size(cache, 3, first),
        vocabulary,
        tensors.inputType(first),
        switched);
  }

  boolean cached() {
    return layers > 0;
  }

  /// Names of the caches of one side that it gives.
  Set<String> presents(String side) {
    Set<String> names = new HashSet<>();
    for (int layer = 0; layer < layers; layer++) {
      for (String half : HALVES) {
        names.add(present(layer, side, half));
      }
    }
    return names;
  }

  private static Set<String> inputs(int layers, boolean switched) {
    Set<String> names = new HashSet<>(Set.of(IDS, HEARD));
    if (switched) {
      names.add(SWITCH);
    }
    for (int layer = 0; layer < layers; layer++) {
      for (String side : SIDES) {
        for (String half : HALVES) {
          names.add(past(layer, side, half));
        }
      }
    }
    return names;
  }

  private static Set<String> outputs(int layers) {
    Set<String> names = new HashSet<>(Set.of(LOGITS));
    for (int layer = 0; layer < layers; layer++) {
      for (String side : SIDES) {
        for (String half : HALVES) {
          names.add(present(layer, side, half));
        }
      }
    }
    return names;
  }

  static String past(int layer, String side, String half) {
    return "past_key_values." + layer + "." + side + "." + half;
  }

  static String present(int layer, String side, String half) {
    return "present." + layer + "." + side + "." + half;
  }
}
