package dev.stemfleet.worker.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.stemfleet.common.domain.SpeechNetwork;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The four networks of a Chatterbox model in one folder, loaded and ready. One thread at a time;
/// whoever opened it closes it.
///
/// Files and tensors are those of the public exports (onnx-community/chatterbox-ONNX, its
/// multilingual sister, ResembleAI/chatterbox-turbo-ONNX); types of numbers are read from the
/// files.
public final class SpeechModel implements SpeechNetwork, AutoCloseable {
  private static final String IDS = "input_ids";
  private static final String EXAGGERATION = "exaggeration";
  private static final int BANDS = 80;

  private final List<OpenSession> opened = new ArrayList<>();
  private final OrtSession encoder;
  private final OrtSession embedder;
  private final OrtSession language;
  private final OrtSession decoder;
  private final LanguageGraph graph;

  private SpeechModel(Path folder, String variant, Sessions sessions) throws OrtException {
    try {
      this.encoder = open(folder, "speech_encoder.onnx", sessions);
      this.embedder = open(folder, "embed_tokens.onnx", sessions);
      this.language = open(folder, "language_model" + variant + ".onnx", sessions);
      this.decoder = open(folder, "conditional_decoder.onnx", sessions);
      this.graph = LanguageGraph.of(language, "language_model" + variant + ".onnx");
    } catch (OrtException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /// Opens the four networks.
  ///
  /// @param folder with `speech_encoder.onnx`, `embed_tokens.onnx`, `language_model….onnx`,
  ///   `conditional_decoder.onnx` and what they keep beside themselves
  /// @param variant of the language model's file: empty, `_fp16`, `_q4` …
  /// @throws JobException MODEL_BROKEN naming the file, DEVICE_FAILED or DEVICE_OUT_OF_MEMORY
  public static SpeechModel open(Path folder, String variant, Device device, int cpuThreads) {
    try {
      return new SpeechModel(folder, variant, new Sessions(device, cpuThreads));
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  private OrtSession open(Path folder, String name, Sessions sessions) {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw ModelFiles.broken(file.toString(), "is missing");
    }
    OpenSession session = sessions.open(file);
    opened.add(session);
    return session.session();
  }

  @Override
  public int width() {
    return graph.width();
  }

  @Override
  public int vocabulary() {
    return graph.vocabulary();
  }

  @Override
  public boolean guided() {
    return !graph.positions();
  }

  @Override
  public Voice voice(float[] samples) {
    try (OnnxTensor sound =
            SpeechTensors.floats(encoder, "audio_values", samples, 1, samples.length);
        OrtSession.Result result = encoder.run(Map.of("audio_values", sound))) {
      return new Voice(
          SpeechTensors.floats(result, "audio_features"),
          SpeechTensors.wholes(result, "audio_tokens"),
          SpeechTensors.floats(result, "speaker_embeddings"),
          SpeechTensors.floats(result, "speaker_features"));
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  @Override
  public float[] embed(long[] ids, long[] positions, float exaggeration) {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try {
      inputs.put(IDS, SpeechTensors.wholes(ids, 1, ids.length));
      if (guided()) {
        inputs.put(LanguageGraph.POSITIONS, SpeechTensors.wholes(positions, 1, ids.length));
        inputs.put(
            EXAGGERATION,
            SpeechTensors.floats(embedder, EXAGGERATION, new float[] {exaggeration}, 1));
      }
      try (OrtSession.Result result = embedder.run(inputs)) {
        return SpeechTensors.floats(result, LanguageGraph.EMBEDDINGS);
      }
    } catch (OrtException e) {
      throw failed(e);
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  @Override
  public Passage begin(int rows, float[] embeddings, int most) {
    SpeechPassage passage = new SpeechPassage(language, graph, rows, most);
    try {
      passage.hear(embeddings);
      return passage;
    } catch (RuntimeException e) {
      passage.close();
      throw e;
    }
  }

  @Override
  public float[] sound(Voice voice, long[] codes) {
    long frames = voice.frames().length / BANDS;
    try (OnnxTensor tokens = SpeechTensors.wholes(codes, 1, codes.length);
        OnnxTensor speaker =
            SpeechTensors.floats(
                decoder, "speaker_embeddings", voice.speaker(), 1, voice.speaker().length);
        OnnxTensor features =
            SpeechTensors.floats(decoder, "speaker_features", voice.frames(), 1, frames, BANDS);
        OrtSession.Result result =
            decoder.run(
                Map.of(
                    "speech_tokens",
                    tokens,
                    "speaker_embeddings",
                    speaker,
                    "speaker_features",
                    features))) {
      return SpeechTensors.floats(result, "waveform");
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  static JobException failed(OrtException e) {
    return new JobException(
        Sessions.isOutOfMemory(e) ? FailureCode.DEVICE_OUT_OF_MEMORY : FailureCode.DEVICE_FAILED,
        "speech model: " + Sessions.oneLine(e),
        e);
  }

  @Override
  public void close() {
    opened.reversed().forEach(OpenSession::close);
    opened.clear();
  }
}
