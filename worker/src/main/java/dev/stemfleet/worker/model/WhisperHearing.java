package dev.stemfleet.worker.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.stemfleet.common.domain.HearingNetwork;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// The transcript of one sound so far. What the encoder heard and the caches stay where ONNX
/// Runtime made them. The caches of the sound are those of the first run: later runs give them back
/// empty.
final class WhisperHearing implements HearingNetwork.Hearing {
  private final OrtSession decoder;
  private final DecoderGraph graph;
  private final OrtSession.Result heard;
  private final String heardName;
  private final float[] logits;
  private long[] tokens = {};
  private OrtSession.@Nullable Result first;
  private OrtSession.@Nullable Result later;

  /// @param heard by the encoder; closed with this
  WhisperHearing(
      OrtSession decoder, DecoderGraph graph, OrtSession.Result heard, String heardName) {
    this.decoder = decoder;
    this.graph = graph;
    this.heard = heard;
    this.heardName = heardName;
    this.logits = new float[graph.vocabulary()];
  }

  @Override
  public float[] next(long... more) {
    boolean filled = first != null;
    tokens =
        graph.cached()
            ? more.clone()
            : LongStream.concat(Arrays.stream(tokens), Arrays.stream(more)).toArray();
    List<OnnxTensor> own = new ArrayList<>();
    try {
      OrtSession.Result result = decoder.run(inputs(filled, own), wanted(filled));
      keep(result);
      copyLast(result);
      return logits;
    } catch (OrtException e) {
      throw WhisperModel.failed(e);
    } finally {
      own.forEach(OnnxTensor::close);
    }
  }

  private Set<String> wanted(boolean filled) {
    Set<String> names = new HashSet<>(Set.of(DecoderGraph.LOGITS));
    names.addAll(graph.presents("decoder"));
    if (!filled) {
      names.addAll(graph.presents("encoder"));
    }
    return names;
  }

  private Map<String, OnnxTensorLike> inputs(boolean filled, List<OnnxTensor> own)
      throws OrtException {
    Map<String, OnnxTensorLike> inputs = new HashMap<>();
    own.add(SpeechTensors.wholes(tokens, 1, tokens.length));
    inputs.put(DecoderGraph.IDS, own.getLast());
    inputs.put(DecoderGraph.HEARD, SpeechTensors.tensor(heard, heardName));
    if (graph.switched()) {
      own.add(OnnxTensor.createTensor(Sessions.environment(), new boolean[] {filled}));
      inputs.put(DecoderGraph.SWITCH, own.getLast());
    }
    for (int layer = 0; layer < graph.layers(); layer++) {
      for (String side : DecoderGraph.SIDES) {
        OrtSession.Result from = side.equals("encoder") || later == null ? first : later;
        for (String half : DecoderGraph.HALVES) {
          inputs.put(
              DecoderGraph.past(layer, side, half),
              past(from, DecoderGraph.present(layer, side, half), own));
        }
      }
    }
    return inputs;
  }

  private OnnxTensor past(OrtSession.@Nullable Result from, String present, List<OnnxTensor> own)
      throws OrtException {
    if (from != null) {
      return SpeechTensors.tensor(from, present);
    }
    own.add(SpeechTensors.nothing(graph.cacheType(), 1, graph.heads(), 0, graph.headSize()));
    return own.getLast();
  }

  private void keep(OrtSession.Result result) {
    if (first == null) {
      first = result;
      return;
    }
    if (later != null) {
      later.close();
    }
    later = result;
  }

  private void copyLast(OrtSession.Result result) throws OrtException {
    FloatBuffer all = SpeechTensors.tensor(result, DecoderGraph.LOGITS).getFloatBuffer();
    all.get(all.limit() - logits.length, logits);
  }

  @Override
  public void close() {
    if (later != null) {
      later.close();
    }
    if (first != null) {
      first.close();
    }
    first = null;
    later = null;
    heard.close();
  }
}
