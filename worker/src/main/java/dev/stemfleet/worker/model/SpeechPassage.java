package dev.stemfleet.worker.model;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.stemfleet.common.domain.SpeechNetwork;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// What a language model has heard. Its caches stay where ONNX Runtime made them: what one run
/// gives is handed to the next as it is.
final class SpeechPassage implements SpeechNetwork.Passage {
  private final OrtSession session;
  private final LanguageGraph graph;
  private final int rows;
  private final LongBuffer ones;
  private final float[] logits;
  private final Set<String> caches = new HashSet<>();
  private OrtSession.@Nullable Result last;
  private int heard;

  /// @param most embeddings in all
  SpeechPassage(OrtSession session, LanguageGraph graph, int rows, int most) {
    this.session = session;
    this.graph = graph;
    this.rows = rows;
    this.ones = SpeechTensors.bytes(rows * most * Long.BYTES).asLongBuffer();
    for (int i = 0; i < rows * most; i++) {
      ones.put(i, 1);
    }
    this.logits = new float[rows * graph.vocabulary()];
    for (int layer = 0; layer < graph.layers(); layer++) {
      caches.add(LanguageGraph.present(layer, "key"));
      caches.add(LanguageGraph.present(layer, "value"));
    }
  }

  @Override
  public float[] logits() {
    return logits;
  }

  @Override
  public void next(float[] embedding) {
    float[] all = new float[rows * embedding.length];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(embedding, 0, all, row * embedding.length, embedding.length);
    }
    hear(all);
  }

  /// @param embeddings row after row, as many in each
  void hear(float[] embeddings) {
    int count = embeddings.length / rows / graph.width();
    Map<String, OnnxTensorLike> inputs = new HashMap<>();
    Set<OnnxTensor> own = new HashSet<>();
    try {
      inputs.put(
          LanguageGraph.EMBEDDINGS,
          SpeechTensors.floats(graph.embeddingType(), embeddings, rows, count, graph.width()));
      inputs.put(LanguageGraph.MASK, mask(heard + count));
      if (graph.positions()) {
        inputs.put(LanguageGraph.POSITIONS, positions(count));
      }
      inputs.values().forEach(tensor -> own.add((OnnxTensor) tensor));
      addPast(inputs, own);
      run(inputs, count);
      heard += count;
    } catch (OrtException e) {
      throw SpeechModel.failed(e);
    } finally {
      own.forEach(OnnxTensor::close);
    }
  }

  private void run(Map<String, OnnxTensorLike> inputs, int count) throws OrtException {
    int size = rows * count * graph.vocabulary();
    try (OnnxTensor all =
        SpeechTensors.floats(
            graph.logitsType(), new float[size], rows, count, graph.vocabulary())) {
      OrtSession.Result result =
          session.run(inputs, caches, Map.of(LanguageGraph.LOGITS, all), null);
      if (last != null) {
        last.close();
      }
      last = result;
      java.nio.FloatBuffer values = all.getFloatBuffer();
      for (int row = 0; row < rows; row++) {
        int end = (row * count + count - 1) * graph.vocabulary();
        values.get(end, logits, row * graph.vocabulary(), graph.vocabulary());
      }
    }
  }

  private void addPast(Map<String, OnnxTensorLike> inputs, Set<OnnxTensor> own)
      throws OrtException {
    for (int layer = 0; layer < graph.layers(); layer++) {
      for (String half : new String[] {"key", "value"}) {
        OnnxTensor past;
        if (last == null) {
          past = nothing();
          own.add(past);
        } else {
          past = SpeechTensors.tensor(last, LanguageGraph.present(layer, half));
        }
        inputs.put(LanguageGraph.past(layer, half), past);
      }
    }
  }

  private OnnxTensor nothing() throws OrtException {
    OnnxJavaType type = graph.cacheType();
    return SpeechTensors.floats(type, new float[0], rows, graph.heads(), 0, graph.headSize());
  }

  private OnnxTensor mask(int total) throws OrtException {
    return OnnxTensor.createTensor(
        Sessions.environment(), ones.slice(0, rows * total), new long[] {rows, total});
  }

  private OnnxTensor positions(int count) throws OrtException {
    long[] positions =
        LongStream.range(0, (long) rows * count).map(i -> heard + i % count).toArray();
    return SpeechTensors.wholes(positions, rows, count);
  }

  @Override
  public void close() {
    if (last != null) {
      last.close();
      last = null;
    }
  }
}
