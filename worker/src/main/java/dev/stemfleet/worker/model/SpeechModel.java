package dev.stemfleet.worker.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.stemfleet.common.catalog.CatalogSpeech;
import dev.stemfleet.common.domain.SpeechNetwork;
import dev.stemfleet.common.domain.speech.SpeechFamily;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Map;

/// The four networks of a Chatterbox model, loaded and ready. One thread at a time.
///
/// Tensors are those of the public exports (onnx-community/chatterbox-ONNX, its multilingual
/// sister, ResembleAI/chatterbox-turbo-ONNX); types of numbers are read from the files.
public final class SpeechModel extends LoadedModel implements SpeechNetwork {
  private static final int BANDS = 80;

  private final CatalogSpeech model;
  private final SpeechGraphs graphs;

  private SpeechModel(CatalogSpeech model, SpeechGraphs graphs) {
    this.model = model;
    this.graphs = graphs;
  }

  /// Opens the networks while their files are checked, looks whether they are what the definition
  /// says, and has them say two tokens.
  ///
  /// @throws JobException MODEL_BROKEN naming the file and what is wrong with it, DEVICE_FAILED or
  ///   DEVICE_OUT_OF_MEMORY; nothing is left open then
  static SpeechModel load(CatalogSpeech model, Sessions sessions) {
    Verification files = Verification.start(model);
    SpeechModel loaded;
    try {
      loaded = new SpeechModel(model, SpeechGraphs.open(model, sessions));
    } catch (RuntimeException e) {
      files.await();
      throw e;
    }
    try {
      files.await();
      loaded.warm();
      return loaded;
    } catch (RuntimeException e) {
      loaded.close();
      throw e;
    }
  }

  /// The last text token of the definition must be one that the network has.
  private void warm() {
    int last = model.spec().textTokens() - 1;
    boolean turbo = model.spec().family() == SpeechFamily.TURBO;
    long[] ids = turbo ? new long[] {last, last, last} : new long[] {last, 0, 6561};
    float[] heard;
    try {
      heard = graphs.embedder().embed(ids, new long[] {0, 1, 0}, 0.5f);
    } catch (OrtException e) {
      throw Sessions.isOutOfMemory(e)
          ? failed(e)
          : ModelFiles.broken(
              graphs.embedderFile(),
              "cannot embed text token %d, the last that %s gives it: %s"
                  .formatted(last, model.definedIn(), Sessions.oneLine(e)));
    }
    if (heard.length != ids.length * width()) {
      throw ModelFiles.broken(
          graphs.embedderFile(),
          "gives %d numbers a token, the language model wants %d"
              .formatted(heard.length / ids.length, width()));
    }
    try (Passage passage = begin(1, heard, ids.length + 1)) {
      passage.next(java.util.Arrays.copyOf(heard, width()));
    }
  }

  @Override
  public int width() {
    return graphs.language().width();
  }

  @Override
  public int vocabulary() {
    return graphs.language().vocabulary();
  }

  @Override
  public boolean guided() {
    return graphs.embedder().guided();
  }

  @Override
  public Voice voice(float[] samples) {
    OrtSession encoder = graphs.encoder();
    try (Arena meanwhile = Arena.ofConfined();
        OnnxTensor sound =
            SpeechTensors.floats(meanwhile, graphs.soundType(), samples, 1, samples.length);
        OrtSession.Result result = graphs.runs().run(encoder, Map.of("audio_values", sound))) {
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
    try {
      return graphs.embedder().embed(ids, positions, exaggeration);
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  @Override
  public Passage begin(int rows, float[] embeddings, int most) {
    SpeechPassage passage =
        new SpeechPassage(graphs.languageSession(), graphs.runs(), graphs.language(), rows, most);
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
    try (Arena meanwhile = Arena.ofConfined();
        OnnxTensor tokens = SpeechTensors.wholes(codes, 1, codes.length);
        OnnxTensor speaker =
            SpeechTensors.floats(
                meanwhile, graphs.speakerType(), voice.speaker(), 1, voice.speaker().length);
        OnnxTensor features =
            SpeechTensors.floats(meanwhile, graphs.framesType(), voice.frames(), 1, frames, BANDS);
        OrtSession.Result result =
            graphs
                .runs()
                .run(
                    graphs.decoder(),
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

  /// How long its networks have run since they were opened; whatever else speaking takes is not
  /// theirs.
  public double networkSeconds() {
    return graphs.runs().seconds();
  }

  static JobException failed(OrtException e) {
    return new JobException(
        Sessions.isOutOfMemory(e) ? FailureCode.DEVICE_OUT_OF_MEMORY : FailureCode.DEVICE_FAILED,
        "speech model: " + Sessions.oneLine(e),
        e);
  }

  /// What its files say, one fact a line, for people.
  public List<String> lines() {
    LanguageGraph language = graphs.language();
    return List.of(
        "language model of %d layers, %d heads of %d, %d tokens"
            .formatted(
                language.layers(), language.heads(), language.headSize(), language.vocabulary()),
        "caches %s, embeddings %s"
            .formatted(language.types().cache(), language.types().embeddings())
            .toLowerCase(java.util.Locale.ROOT));
  }

  @Override
  void close() {
    graphs.close();
  }
}
