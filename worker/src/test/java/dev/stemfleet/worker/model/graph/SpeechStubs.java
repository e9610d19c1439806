package dev.stemfleet.worker.model.graph;

import dev.stemfleet.worker.model.graph.OnnxGraph.ElementType;
import dev.stemfleet.worker.model.graph.OnnxGraph.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Four small networks with the tensors of a Chatterbox export and answers that a test can work
/// out.
///
/// An embedding is (id, position, exaggeration, 0, …). The language model's likeliest token is (37
/// position + 10 s) mod 6561, where s is the sum of all ids in its cache: whoever loses, doubles or
/// mixes up a step hears other tokens. From position 50 on it is the end. Each token d away from
/// the likeliest has the logit −d / 64.
public final class SpeechStubs {
  public static final int WIDTH = 1024;
  public static final int FEATURES = 33;
  public static final int FRAMES = 20;
  public static final int PROMPT = 10;
  public static final int LAST = 50;
  public static final int VOCABULARY = 8194;
  public static final int SAMPLES_PER_CODE = 960;
  private static final int HEADS = 16;
  private static final int HEAD_SIZE = 64;

  private SpeechStubs() {}

  /// Writes the English model's.
  ///
  /// @param layers of the language model
  /// @param cache type of its caches
  public static Path english(Path folder, int layers, ElementType cache) throws IOException {
    Files.write(folder.resolve("speech_encoder.onnx"), encoder());
    Files.write(folder.resolve("embed_tokens.onnx"), embedder());
    Files.write(folder.resolve("language_model.onnx"), language(layers, cache));
    Files.write(folder.resolve("conditional_decoder.onnx"), decoder());
    return folder;
  }

  private static byte[] encoder() {
    OnnxGraph graph = new OnnxGraph();
    Value sound = graph.input("audio_values", 1, -1);
    Value mean =
        graph.op("ReduceMean", List.of(sound), new OnnxGraph.Attribute.Wholes("axes", List.of(1L)));
    Value loud = graph.reshape(mean, 1, 1, 1);
    graph.output("audio_features", expand(graph, loud, 1, FEATURES, WIDTH), 1, FEATURES, WIDTH);
    long[] tokens = new long[PROMPT];
    Arrays.fill(tokens, 4299);
    graph.output(
        "audio_tokens", ElementType.INT64, graph.wholes(tokens, new long[] {1, PROMPT}), 1, PROMPT);
    graph.output("speaker_embeddings", expand(graph, mean, 1, 192), 1, 192);
    graph.output("speaker_features", expand(graph, loud, 1, FRAMES, 80), 1, FRAMES, 80);
    return graph.toBytes("speech encoder stub");
  }

  private static Value expand(OnnxGraph graph, Value value, long... shape) {
    return graph.op("Expand", List.of(value, graph.wholes(shape)));
  }

  private static byte[] embedder() {
    OnnxGraph graph = new OnnxGraph();
    Value ids = floats(graph, graph.input("input_ids", ElementType.INT64, -1, -1));
    Value positions = floats(graph, graph.input("position_ids", ElementType.INT64, -1, -1));
    Value exaggeration = graph.reshape(graph.input("exaggeration", -1), -1, 1, 1);
    Value excited = graph.add(graph.mul(ids, 0), exaggeration);
    Value three = graph.concat(2, ids, positions, excited);
    graph.output("inputs_embeds", graph.pad(three, 0, 0, 0, 0, 0, WIDTH - 3), -1, -1, WIDTH);
    return graph.toBytes("embedder stub");
  }

  private static Value floats(OnnxGraph graph, Value wholes) {
    return graph.op("Unsqueeze", List.of(graph.cast(wholes, ElementType.FLOAT32), graph.wholes(2)));
  }

  private static byte[] language(int layers, ElementType cache) {
    OnnxGraph graph = new OnnxGraph();
    Value heard = graph.input("inputs_embeds", -1, -1, WIDTH);
    graph.input("attention_mask", ElementType.INT64, -1, -1);
    Value split = graph.reshape(heard, 0, -1, HEADS, HEAD_SIZE);
    Value own = cast(graph, graph.transpose(split, 0, 2, 1, 3), cache);
    Value keys = null;
    for (int layer = 0; layer < layers; layer++) {
      for (String half : List.of("key", "value")) {
        String name = layer + "." + half;
        Value past = graph.input("past_key_values." + name, cache, -1, HEADS, -1, HEAD_SIZE);
        Value all = graph.concat(2, past, own);
        keys = keys == null ? all : keys;
        graph.output("present." + name, cache, all, -1, HEADS, -1, HEAD_SIZE);
      }
    }
    Value likeliest = likeliest(graph, heard, graph.cast(keys, ElementType.FLOAT32));
    Value away = graph.apply("Abs", graph.sub(tokens(graph), likeliest));
    graph.output("logits", graph.mul(away, -1.0 / 64), -1, -1, VOCABULARY);
    return graph.toBytes("language model stub");
  }

  private static Value cast(OnnxGraph graph, Value value, ElementType type) {
    return type == ElementType.FLOAT32 ? value : graph.cast(value, type);
  }

  private static Value likeliest(OnnxGraph graph, Value heard, Value keys) {
    Value position = graph.slice(heard, 2, 1, 2);
    Value ids = graph.slice(graph.slice(keys, 1, 0, 1), 3, 0, 1);
    Value sum = graph.reshape(graph.op("ReduceSum", List.of(ids, graph.wholes(1, 2, 3))), -1, 1, 1);
    Value whole = graph.add(graph.mul(position, 37), graph.mul(sum, 10));
    Value token =
        graph.op(
            "Mod", List.of(whole, graph.scalar(6561)), new OnnxGraph.Attribute.Whole("fmod", 1));
    Value over = graph.op("GreaterOrEqual", List.of(position, graph.scalar(LAST)));
    return graph.op("Where", List.of(over, graph.scalar(6562), token));
  }

  private static Value tokens(OnnxGraph graph) {
    float[] all = new float[VOCABULARY];
    IntStream.range(0, VOCABULARY).forEach(i -> all[i] = i);
    return graph.floats(all, VOCABULARY);
  }

  private static byte[] decoder() {
    OnnxGraph graph = new OnnxGraph();
    Value codes = graph.input("speech_tokens", ElementType.INT64, 1, -1);
    graph.input("speaker_embeddings", 1, 192);
    graph.input("speaker_features", 1, -1, 80);
    Value level = graph.mul(floats(graph, codes), 1.0 / 6561);
    Value ones = new Value(graph.floats(ones(), 1, 1, SAMPLES_PER_CODE).name());
    Value samples = graph.reshape(graph.mul(level, ones), 1, -1);
    graph.output("waveform", graph.slice(samples, 1, 480L * FRAMES, Integer.MAX_VALUE), 1, -1);
    return graph.toBytes("decoder stub");
  }

  private static float[] ones() {
    float[] ones = new float[SAMPLES_PER_CODE];
    Arrays.fill(ones, 1);
    return ones;
  }
}
