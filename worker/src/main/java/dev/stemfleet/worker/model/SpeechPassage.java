package dev.stemfleet.worker.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.stemfleet.common.domain.SpeechNetwork;
import dev.stemfleet.common.domain.TensorShape;
import java.lang.foreign.Arena;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a language model has heard. Its caches stay where ONNX Runtime made them: what one run
/// gives is handed to the next as it is. The tensors of a step are made once. One thread.
final class SpeechPassage implements SpeechNetwork.Passage {
  private final Arena memory = Arena.ofConfined();
  private final OrtSession session;
  private final SpeechRuns runs;
  private final LanguageGraph graph;
  private final int rows;
  private final LongBuffer ones;
  private final float[] logits;
  private final Set<String> caches;
  private final Map<String, OnnxTensorLike> inputs = new HashMap<>();
  private OrtSession.@Nullable Result last;
  private @Nullable Step step;
  private int heard;

  /// What goes into a step of one embedding and comes out of it.
  private record Step(
      HostTensor embeddings, HostTensor logits, OnnxTensor embeddingsHandle, OnnxTensor outHandle)
      implements AutoCloseable {
    @Override
    public void close() {
      embeddingsHandle.close();
      outHandle.close();
    }
  }

  /// @param most embeddings in all
  SpeechPassage(OrtSession session, SpeechRuns runs, LanguageGraph graph, int rows, int most) {
    this.session = session;
    this.runs = runs;
    this.graph = graph;
    this.rows = rows;
    this.ones = SpeechTensors.longs(rows * most);
    for (int i = 0; i < rows * most; i++) {
      ones.put(i, 1);
    }
    this.logits = new float[rows * graph.vocabulary()];
    this.caches = graph.presents();
  }

  @Override
  public float[] logits() {
    return logits;
  }

  /// The beginning, at once.
  ///
  /// @param embeddings row after row, as many in each
  void hear(float[] embeddings) {
    int count = embeddings.length / rows / graph.width();
    try (Arena meanwhile = Arena.ofConfined();
        Step all = step(meanwhile, count)) {
      all.embeddings().put(0, embeddings, 0, embeddings.length);
      run(all, count);
      step = step(memory, 1);
    } catch (OrtException e) {
      throw SpeechModel.failed(e);
    }
  }

  @Override
  public void next(float[] embedding) {
    if (step == null) {
      throw new IllegalStateException("nothing was heard before");
    }
    for (int row = 0; row < rows; row++) {
      step.embeddings().put(row * graph.width(), embedding, 0, graph.width());
    }
    try {
      run(step, 1);
    } catch (OrtException e) {
      throw SpeechModel.failed(e);
    }
  }

  private Step step(Arena arena, int count) throws OrtException {
    HostTensor in =
        HostTensor.allocate(
            arena, TensorShape.of(rows, count, graph.width()), graph.types().embeddings());
    HostTensor out =
        HostTensor.allocate(
            arena, TensorShape.of(rows, count, graph.vocabulary()), graph.types().logits());
    return new Step(in, out, in.part(0, rows), out.part(0, rows));
  }

  private void run(Step now, int count) throws OrtException {
    List<OnnxTensor> own = new ArrayList<>();
    try {
      inputs.put(LanguageGraph.EMBEDDINGS, now.embeddingsHandle());
      putOwn(LanguageGraph.MASK, mask(heard + count), own);
      if (graph.positions()) {
        putOwn(LanguageGraph.POSITIONS, positions(count), own);
      }
      putPast(own);
      OrtSession.Result result =
          runs.run(session, inputs, caches, Map.of(LanguageGraph.LOGITS, now.outHandle()));
      closeLast();
      last = result;
    } finally {
      own.forEach(OnnxTensor::close);
    }
    heard += count;
    for (int row = 0; row < rows; row++) {
      int end = (row * count + count - 1) * graph.vocabulary();
      now.logits().get(end, logits, row * graph.vocabulary(), graph.vocabulary());
    }
  }

  private void putPast(List<OnnxTensor> own) throws OrtException {
    for (int layer = 0; layer < graph.layers(); layer++) {
      for (String half : LanguageGraph.HALVES) {
        String past = LanguageGraph.past(layer, half);
        if (last == null) {
          putOwn(
              past,
              SpeechTensors.nothing(
                  graph.types().cache(), rows, graph.heads(), 0, graph.headSize()),
              own);
        } else {
          inputs.put(past, SpeechTensors.tensor(last, LanguageGraph.present(layer, half)));
        }
      }
    }
  }

  private void putOwn(String name, OnnxTensor tensor, List<OnnxTensor> own) {
    own.add(tensor);
    inputs.put(name, tensor);
  }

  private OnnxTensor mask(int total) throws OrtException {
    return OnnxTensor.createTensor(
        Sessions.environment(), ones.slice(0, rows * total), new long[] {rows, total});
  }

  private OnnxTensor positions(int count) throws OrtException {
    long[] positions = new long[rows * count];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = (long) heard + i % count;
    }
    return SpeechTensors.wholes(positions, rows, count);
  }

  private void closeLast() {
    if (last != null) {
      last.close();
      last = null;
    }
  }

  @Override
  public void close() {
    closeLast();
    if (step != null) {
      step.close();
      step = null;
    }
    memory.close();
  }
}
