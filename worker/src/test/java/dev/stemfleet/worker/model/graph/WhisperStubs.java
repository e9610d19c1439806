package dev.stemfleet.worker.model.graph;

import dev.stemfleet.worker.model.graph.OnnxGraph.Attribute;
import dev.stemfleet.worker.model.graph.OnnxGraph.ElementType;
import dev.stemfleet.worker.model.graph.OnnxGraph.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/// An encoder and a decoder with the tensors of a Whisper export and answers that a test can work
/// out: the next token is (3 · the sum of all ids so far + how many they are + ⌊200 + 100 · mean of
/// what the encoder heard⌋) mod 27, and the end once there are [#LENGTH] tokens with the four
/// marks.
///
/// @param cached whether the decoder has caches and the switch that says whether they are filled;
///   then, as in the public files, runs with filled caches give empty caches of the sound
public record WhisperStubs(boolean cached) {
  public static final int BANDS = 80;
  public static final int FRAMES = 3000;
  public static final int VOCABULARY = 40;
  public static final int LENGTH = 14;
  public static final int END = 27;
  private static final int LAYERS = 2;
  private static final int HEADS = 2;
  private static final int HEAD_SIZE = 4;
  private static final int WIDTH = HEADS * HEAD_SIZE;
  private static final int HEARD = 1500;

  /// Writes both files.
  public Path write(Path folder) throws IOException {
    Files.write(folder.resolve("encoder_model.onnx"), encoder());
    Files.write(folder.resolve("decoder_model.onnx"), decoder());
    return folder;
  }

  private static byte[] encoder() {
    OnnxGraph graph = new OnnxGraph();
    Value spectrum = graph.input("input_features", -1, BANDS, FRAMES);
    Value mean =
        graph.op("ReduceMean", List.of(spectrum), new Attribute.Wholes("axes", List.of(1L, 2L)));
    graph.output(
        "last_hidden_state",
        graph.op("Expand", List.of(mean, graph.wholes(1, HEARD, WIDTH))),
        -1,
        HEARD,
        WIDTH);
    return graph.toBytes("Whisper encoder stub");
  }

  private byte[] decoder() {
    OnnxGraph graph = new OnnxGraph();
    Value raw = graph.input("input_ids", ElementType.INT64, -1, -1);
    Value ids = graph.reshape(graph.cast(raw, ElementType.FLOAT32), 1, 1, -1, 1);
    Value own = graph.op("Expand", List.of(ids, graph.wholes(1, HEADS, 1, HEAD_SIZE)));
    Value heard = graph.input("encoder_hidden_states", -1, -1, WIDTH);
    Value split = graph.transpose(graph.reshape(heard, 1, -1, HEADS, HEAD_SIZE), 0, 2, 1, 3);
    Value said = own;
    Value sound = split;
    if (cached) {
      Value filled =
          graph.cast(graph.input("use_cache_branch", ElementType.BOOL, 1), ElementType.INT64);
      Value kept =
          graph.op(
              "Mul",
              List.of(graph.op("Sub", List.of(graph.wholes(1), filled)), graph.wholes(HEARD)));
      Value fresh = graph.op("Slice", List.of(split, graph.wholes(0), kept, graph.wholes(2)));
      for (int layer = 0; layer < LAYERS; layer++) {
        for (String half : List.of("key", "value")) {
          said = cache(graph, layer + ".decoder." + half, own, true);
          sound = cache(graph, layer + ".encoder." + half, fresh, false);
        }
      }
    }
    graph.output("logits", logits(graph, said, sound), -1, -1, VOCABULARY);
    return graph.toBytes("Whisper decoder stub");
  }

  /// @param grows whether what was there comes out with what is new
  private static Value cache(OnnxGraph graph, String name, Value fresh, boolean grows) {
    Value past = graph.input("past_key_values." + name, -1, HEADS, -1, HEAD_SIZE);
    Value all = graph.concat(2, past, fresh);
    graph.output("present." + name, grows ? all : fresh, -1, HEADS, -1, HEAD_SIZE);
    return all;
  }

  private static Value logits(OnnxGraph graph, Value said, Value sound) {
    Value ids = graph.slice(graph.slice(said, 1, 0, 1), 3, 0, 1);
    Value sum = graph.op("ReduceSum", List.of(ids, graph.wholes(1, 2, 3)));
    Value count =
        graph.op(
            "ReduceSum",
            List.of(graph.add(graph.mul(ids, 0), graph.scalar(1)), graph.wholes(1, 2, 3)));
    Value mean =
        graph.op("ReduceMean", List.of(sound), new Attribute.Wholes("axes", List.of(1L, 2L, 3L)));
    Value loud = graph.apply("Floor", graph.add(graph.mul(mean, 100), graph.scalar(200)));
    Value whole = graph.add(graph.add(graph.mul(sum, 3), count), loud);
    Value token =
        graph.op("Mod", List.of(whole, graph.scalar(END)), new Attribute.Whole("fmod", 1));
    Value over = graph.op("GreaterOrEqual", List.of(count, graph.scalar(LENGTH)));
    Value next = graph.op("Where", List.of(over, graph.scalar(END), token));
    float[] all = new float[VOCABULARY];
    IntStream.range(0, VOCABULARY).forEach(i -> all[i] = i);
    Value away = graph.apply("Abs", graph.sub(graph.floats(all, VOCABULARY), next));
    return graph.reshape(graph.mul(away, -1), 1, -1, VOCABULARY);
  }
}
