package dev.stemfleet.worker.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.stemfleet.common.domain.ModelSpec.Dtype;
import dev.stemfleet.common.domain.TensorShape;
import java.lang.foreign.Arena;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The network that makes embeddings from tokens. Tensors for one and two tokens, which are asked
/// for again and again, are made once. One thread.
final class TokenEmbedder implements AutoCloseable {
  private static final String IDS = "input_ids";
  private static final String EXAGGERATION = "exaggeration";
  private static final int KEPT = 2;

  private final Arena memory = Arena.ofShared();
  private final OrtSession session;
  private final SpeechRuns runs;
  private final boolean guided;
  private final Dtype exaggerationType;
  private final Map<Integer, Slots> kept = new HashMap<>();

  /// Inputs of a run.
  private record Slots(
      LongBuffer ids, LongBuffer positions, HostTensor exaggeration, Map<String, OnnxTensor> all)
      implements AutoCloseable {
    @Override
    public void close() {
      all.values().forEach(OnnxTensor::close);
    }
  }

  private TokenEmbedder(
      OrtSession session, SpeechRuns runs, boolean guided, Dtype exaggerationType) {
    this.session = session;
    this.runs = runs;
    this.guided = guided;
    this.exaggerationType = exaggerationType;
  }

  /// @throws dev.stemfleet.common.failure.JobException MODEL_BROKEN if it is no such network
  static TokenEmbedder of(OrtSession session, NamedTensors tensors, SpeechRuns runs) {
    boolean guided = tensors.hasInput(EXAGGERATION);
    tensors.require(
        guided ? Set.of(IDS, LanguageGraph.POSITIONS, EXAGGERATION) : Set.of(IDS),
        Set.of(LanguageGraph.EMBEDDINGS));
    return new TokenEmbedder(
        session, runs, guided, guided ? tensors.inputType(EXAGGERATION) : Dtype.FLOAT32);
  }

  boolean guided() {
    return guided;
  }

  /// As [dev.stemfleet.common.domain.SpeechNetwork#embed].
  float[] embed(long[] ids, long[] positions, float exaggeration) throws OrtException {
    if (ids.length <= KEPT) {
      Slots slots = kept.get(ids.length);
      if (slots == null) {
        slots = slots(memory, ids.length);
        kept.put(ids.length, slots);
      }
      return run(slots, ids, positions, exaggeration);
    }
    try (Arena meanwhile = Arena.ofConfined();
        Slots slots = slots(meanwhile, ids.length)) {
      return run(slots, ids, positions, exaggeration);
    }
  }

  private float[] run(Slots slots, long[] ids, long[] positions, float exaggeration)
      throws OrtException {
    slots.ids().put(0, ids);
    if (guided) {
      slots.positions().put(0, positions);
      slots.exaggeration().put(0, new float[] {exaggeration}, 0, 1);
    }
    try (OrtSession.Result result = runs.run(session, slots.all())) {
      return SpeechTensors.floats(result, LanguageGraph.EMBEDDINGS);
    }
  }

  private Slots slots(Arena arena, int count) throws OrtException {
    LongBuffer ids = SpeechTensors.longs(count);
    LongBuffer positions = SpeechTensors.longs(count);
    HostTensor exaggeration = HostTensor.allocate(arena, TensorShape.of(1), exaggerationType);
    long[] shape = {1, count};
    Map<String, OnnxTensor> all = new HashMap<>();
    all.put(IDS, OnnxTensor.createTensor(Sessions.environment(), ids, shape));
    if (guided) {
      all.put(
          LanguageGraph.POSITIONS,
          OnnxTensor.createTensor(Sessions.environment(), positions, shape));
      all.put(EXAGGERATION, exaggeration.part(0, 1));
    }
    return new Slots(ids, positions, exaggeration, all);
  }

  /// Leaves the session open.
  @Override
  public void close() {
    List<Slots> all = new ArrayList<>(kept.values());
    kept.clear();
    all.forEach(Slots::close);
    memory.close();
  }
}
