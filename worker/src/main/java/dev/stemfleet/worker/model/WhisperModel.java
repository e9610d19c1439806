package dev.stemfleet.worker.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.stemfleet.common.catalog.CatalogRecogniser;
import dev.stemfleet.common.domain.HearingNetwork;
import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.domain.ModelSpec.Dtype;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A Whisper model's encoder and decoder, loaded and ready. One thread at a time.
///
/// Tensors are those of the public exports (onnx-community/whisper-…): the decoder with or without
/// caches, in one file (`decoder_model.onnx` or `decoder_model_merged.onnx`). What the decoder with
/// caches alone gives (`decoder_with_past_model.onnx`) cannot begin a transcript.
public final class WhisperModel extends LoadedModel implements HearingNetwork {
  private static final String SPECTRUM = "input_features";
  private static final String HEARD = "last_hidden_state";

  /// 30 s at 100 frames/s, where the file leaves the number open.
  private static final int FRAMES = 3000;

  private final OpenSession encoder;
  private final OpenSession decoder;
  private final DecoderGraph graph;
  private final Dtype spectrumType;
  private final int bands;

  private WhisperModel(OpenSession encoder, OpenSession decoder, CatalogRecogniser model)
      throws OrtException {
    this.encoder = encoder;
    this.decoder = decoder;
    NamedTensors hearing = NamedTensors.of(encoder.session(), name(model, model.spec().encoder()));
    hearing.require(Set.of(SPECTRUM), Set.of(HEARD));
    TensorInfo spectrum = hearing.input(SPECTRUM);
    this.bands = hearing.size(spectrum, 1, SPECTRUM);
    this.spectrumType = hearing.inputType(SPECTRUM);
    this.graph =
        DecoderGraph.of(NamedTensors.of(decoder.session(), name(model, model.spec().decoder())));
  }

  /// Opens the networks while their files are checked, and has them listen to silence.
  ///
  /// @throws JobException MODEL_BROKEN naming the file and what is wrong with it, DEVICE_FAILED or
  ///   DEVICE_OUT_OF_MEMORY; nothing is left open then
  static WhisperModel load(CatalogRecogniser model, Sessions sessions) {
    Verification files = Verification.start(model);
    WhisperModel loaded;
    try {
      loaded = open(model, sessions);
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

  private static WhisperModel open(CatalogRecogniser model, Sessions sessions) {
    ModelFiles.requireNamed(model, model.spec().encoder());
    ModelFiles.requireNamed(model, model.spec().decoder());
    OpenSession encoder = sessions.open(model, model.spec().encoder());
    try {
      OpenSession decoder = sessions.open(model, model.spec().decoder());
      try {
        return new WhisperModel(encoder, decoder, model);
      } catch (OrtException | RuntimeException e) {
        decoder.close();
        throw e;
      }
    } catch (OrtException e) {
      encoder.close();
      throw failed(e);
    } catch (RuntimeException e) {
      encoder.close();
      throw e;
    }
  }

  private static String name(CatalogRecogniser model, ModelFile file) {
    return model.place().name(file.path());
  }

  private void warm() {
    try (Hearing silence = hear(new float[bands * FRAMES])) {
      var _ = silence.next(0);
    }
  }

  @Override
  public int bands() {
    return bands;
  }

  @Override
  public int frames() {
    return FRAMES;
  }

  @Override
  public int vocabulary() {
    return graph.vocabulary();
  }

  @Override
  public Hearing hear(float[] spectrum) {
    try (Arena meanwhile = Arena.ofConfined();
        OnnxTensor input =
            SpeechTensors.floats(meanwhile, spectrumType, spectrum, 1, bands, FRAMES)) {
      OrtSession.Result heard = encoder.session().run(Map.of(SPECTRUM, input), Set.of(HEARD));
      return new WhisperHearing(decoder.session(), graph, heard, HEARD);
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  static JobException failed(OrtException e) {
    return new JobException(
        Sessions.isOutOfMemory(e) ? FailureCode.DEVICE_OUT_OF_MEMORY : FailureCode.DEVICE_FAILED,
        "recogniser: " + Sessions.oneLine(e),
        e);
  }

  /// What its files say, one fact a line, for people.
  public List<String> lines() {
    return List.of(
        "%d mel bands, %d tokens, %s"
            .formatted(
                bands,
                graph.vocabulary(),
                graph.cached()
                    ? "a decoder of %d layers with caches".formatted(graph.layers())
                    : "a decoder without caches"));
  }

  @Override
  void close() {
    decoder.close();
    encoder.close();
  }
}
