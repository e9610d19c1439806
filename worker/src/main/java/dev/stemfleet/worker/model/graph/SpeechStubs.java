package dev.stemfleet.worker.model.graph;

import dev.stemfleet.worker.model.graph.OnnxGraph.ElementType;
import dev.stemfleet.worker.model.graph.OnnxGraph.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Four small networks with the tensors of a Chatterbox export and answers that whoever checks them
/// can work out.
///
/// An embedding is (id, position, exaggeration, 0, …), where the end of a text counts
/// [#END_OF_TEXT] more: whoever has the speech token 0 embedded as text hears another number. The
/// language model's likeliest token is (37 position + 10 s) mod 6561, where s is the sum of all ids
/// in its cache: whoever loses, doubles or mixes up a step hears other tokens. From the last
/// position on it is the end. Each token d away from the likeliest has the logit −d / 64.
///
/// @param turbo no positions and exaggeration when embedding, but positions when speaking
/// @param layers of the language model
/// @param cache type of its caches
/// @param embeddings type of the embeddings
/// @param textTokens rows of the table of text tokens
/// @param last position from which on the end is likeliest
public record SpeechStubs(
    boolean turbo,
    int layers,
    ElementType cache,
    ElementType embeddings,
    int textTokens,
    int last) {
  public static final int WIDTH = 1024;
  public static final int FEATURES = 33;
  public static final int FRAMES = 20;
  public static final int PROMPT = 10;
  public static final int LAST = 30;
  public static final int TURBO_LAST = 70;
  public static final int VOCABULARY = 8194;
  public static final int TURBO_VOCABULARY = 6563;
  public static final int SAMPLES_PER_CODE = 960;
  public static final int END_OF_TEXT = 1000;
  private static final int HEADS = 16;
  private static final int HEAD_SIZE = 64;
  private static final int START_SPEECH = 6561;

  /// The English model's.
  public static SpeechStubs english(int layers, ElementType cache) {
    return new SpeechStubs(false, layers, cache, ElementType.FLOAT32, 704, LAST);
  }

  /// The multilingual model's.
  public static SpeechStubs multilingual(int layers, ElementType cache) {
    return new SpeechStubs(false, layers, cache, ElementType.FLOAT32, 2352, LAST);
  }

  /// Turbo's.
  public static SpeechStubs turbo(int layers, ElementType cache, ElementType embeddings) {
    return new SpeechStubs(true, layers, cache, embeddings, 50_276, TURBO_LAST);
  }

  /// The same, which stop sooner or later.
  public SpeechStubs last(int other) {
    return new SpeechStubs(turbo, layers, cache, embeddings, textTokens, other);
  }

  public int vocabulary() {
    return turbo ? TURBO_VOCABULARY : VOCABULARY;
  }

  /// Writes the four files.
  public Path write(Path folder) throws IOException {
    Files.write(folder.resolve("speech_encoder.onnx"), encoder());
    Files.write(folder.resolve("embed_tokens.onnx"), turbo ? turboEmbedder() : embedder());
    Files.write(folder.resolve("language_model.onnx"), language());
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

  /// Everything up to the first 0 of a row is text, as in the public export.
  private byte[] embedder() {
    OnnxGraph graph = new OnnxGraph();
    Value raw = graph.input("input_ids", ElementType.INT64, -1, -1);
    Value ids = floats(graph, raw);
    Value positions = floats(graph, graph.input("position_ids", ElementType.INT64, -1, -1));
    Value exaggeration = graph.reshape(graph.input("exaggeration", -1), -1, 1, 1);
    Value zero = number(graph, graph.op("Equal", List.of(ids, graph.scalar(0))));
    Value before = graph.sub(graph.op("CumSum", List.of(zero, graph.wholes(1))), zero);
    Value some = graph.op("ReduceSum", List.of(zero, graph.wholes(1)));
    Value first = number(graph, graph.op("Less", List.of(before, graph.scalar(0.5))));
    Value isText =
        graph.mul(first, number(graph, graph.op("Greater", List.of(some, graph.scalar(0)))));
    Value isId = number(graph, graph.op("Less", List.of(ids, graph.scalar(START_SPEECH))));
    Value looked = looked(graph, graph.mul(graph.mul(ids, isText), isId));
    Value end = graph.mul(graph.mul(isText, zero), END_OF_TEXT);
    Value excited = graph.add(graph.mul(ids, 0), exaggeration);
    Value three = graph.concat(2, graph.add(graph.add(ids, end), looked), positions, excited);
    graph.output("inputs_embeds", graph.pad(three, 0, 0, 0, 0, 0, WIDTH - 3), -1, -1, WIDTH);
    return graph.toBytes("embedder stub");
  }

  /// Everything but the last two of a row is text, as in the public export; among these the end of
  /// text is the start of speech.
  private byte[] turboEmbedder() {
    OnnxGraph graph = new OnnxGraph();
    Value ids = floats(graph, graph.input("input_ids", ElementType.INT64, -1, -1));
    Value text = graph.slice(ids, 1, 0, -2);
    Value speech = graph.slice(ids, 1, -2, Integer.MAX_VALUE);
    Value isEnd = graph.op("Equal", List.of(speech, graph.scalar(50_256)));
    Value marked = graph.op("Where", List.of(isEnd, graph.scalar(START_SPEECH), speech));
    Value all = graph.concat(1, graph.add(text, looked(graph, text)), marked);
    Value padded = graph.pad(all, 0, 0, 0, 0, 0, WIDTH - 1);
    graph.output("inputs_embeds", embeddings, cast(graph, padded, embeddings), -1, -1, WIDTH);
    return graph.toBytes("embedder stub of Turbo");
  }

  /// Zeros, looked up in a table as large as that of the text tokens.
  private Value looked(OnnxGraph graph, Value ids) {
    Value table = graph.floats(new float[textTokens], textTokens);
    return graph.gather(table, graph.cast(ids, ElementType.INT64), 0);
  }

  private static Value number(OnnxGraph graph, Value condition) {
    return graph.cast(condition, ElementType.FLOAT32);
  }

  private static Value floats(OnnxGraph graph, Value wholes) {
    return graph.op("Unsqueeze", List.of(graph.cast(wholes, ElementType.FLOAT32), graph.wholes(2)));
  }

  private byte[] language() {
    OnnxGraph graph = new OnnxGraph();
    Value input = graph.input("inputs_embeds", embeddings, -1, -1, WIDTH);
    graph.input("attention_mask", ElementType.INT64, -1, -1);
    Value heard = cast(graph, input, ElementType.FLOAT32);
    Value position =
        turbo
            ? floats(graph, graph.input("position_ids", ElementType.INT64, -1, -1))
            : graph.slice(heard, 2, 1, 2);
    Value split = graph.reshape(heard, 0, -1, HEADS, HEAD_SIZE);
    Value own = cast(graph, graph.transpose(split, 0, 2, 1, 3), cache);
    List<Value> caches = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      for (String half : List.of("key", "value")) {
        String name = layer + "." + half;
        Value past = graph.input("past_key_values." + name, cache, -1, HEADS, -1, HEAD_SIZE);
        Value all = graph.concat(2, past, own);
        caches.add(all);
        graph.output("present." + name, cache, all, -1, HEADS, -1, HEAD_SIZE);
      }
    }
    Value keys = graph.cast(caches.getFirst(), ElementType.FLOAT32);
    Value likeliest = likeliest(graph, position, keys);
    Value away = graph.apply("Abs", graph.sub(tokens(graph), likeliest));
    graph.output("logits", graph.mul(away, -1.0 / 64), -1, -1, vocabulary());
    return graph.toBytes("language model stub");
  }

  private static Value cast(OnnxGraph graph, Value value, ElementType type) {
    return graph.cast(value, type);
  }

  private Value likeliest(OnnxGraph graph, Value position, Value keys) {
    Value ids = graph.slice(graph.slice(keys, 1, 0, 1), 3, 0, 1);
    Value sum = graph.reshape(graph.op("ReduceSum", List.of(ids, graph.wholes(1, 2, 3))), -1, 1, 1);
    Value whole = graph.add(graph.mul(position, 37), graph.mul(sum, 10));
    Value token =
        graph.op(
            "Mod", List.of(whole, graph.scalar(6561)), new OnnxGraph.Attribute.Whole("fmod", 1));
    Value over = graph.op("GreaterOrEqual", List.of(position, graph.scalar(last)));
    return graph.op("Where", List.of(over, graph.scalar(6562), token));
  }

  private Value tokens(OnnxGraph graph) {
    float[] all = new float[vocabulary()];
    IntStream.range(0, vocabulary()).forEach(i -> all[i] = i);
    return graph.floats(all, vocabulary());
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
