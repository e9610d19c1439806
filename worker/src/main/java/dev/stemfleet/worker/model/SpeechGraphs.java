package dev.stemfleet.worker.model;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.stemfleet.common.catalog.CatalogSpeech;
import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.domain.ModelSpec.Dtype;
import dev.stemfleet.common.domain.speech.SpeechFamily;
import dev.stemfleet.common.domain.speech.SpeechFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The four networks of a speech model, open, with the tensors that they must have. Whoever opened
/// them closes them.
final class SpeechGraphs implements AutoCloseable {
  private static final String SOUND = "audio_values";
  private static final String SPEAKER = "speaker_embeddings";
  private static final String FRAMES = "speaker_features";

  private final List<AutoCloseable> opened = new ArrayList<>();
  private final SpeechRuns runs = new SpeechRuns();
  private final OrtSession encoder;
  private final OrtSession languageSession;
  private final OrtSession decoder;
  private final TokenEmbedder embedder;
  private final String embedderFile;
  private final LanguageGraph language;
  private final Dtype soundType;
  private final Dtype speakerType;
  private final Dtype framesType;

  private SpeechGraphs(CatalogSpeech model, SpeechFiles files, Sessions sessions)
      throws OrtException {
    try {
      NamedTensors encoding = open(model, files.encoder(), sessions);
      encoder = last();
      encoding.require(Set.of(SOUND), Set.of("audio_features", "audio_tokens", SPEAKER, FRAMES));
      soundType = encoding.inputType(SOUND);
      NamedTensors embedding = open(model, files.embedder(), sessions);
      embedder = TokenEmbedder.of(last(), embedding, runs);
      opened.add(embedder);
      embedderFile = embedding.file();
      NamedTensors speaking = open(model, files.language(), sessions);
      languageSession = last();
      language = LanguageGraph.of(speaking);
      NamedTensors decoding = open(model, files.decoder(), sessions);
      decoder = last();
      decoding.require(Set.of("speech_tokens", SPEAKER, FRAMES), Set.of("waveform"));
      speakerType = decoding.inputType(SPEAKER);
      framesType = decoding.inputType(FRAMES);
      requireFamily(model, speaking.file());
    } catch (OrtException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /// @throws dev.stemfleet.common.failure.JobException MODEL_BROKEN, DEVICE_FAILED or
  ///   DEVICE_OUT_OF_MEMORY; nothing is left open then
  static SpeechGraphs open(CatalogSpeech model, Sessions sessions) {
    SpeechFiles files = model.spec().files();
    if (files == null) {
      throw new IllegalArgumentException(model.id() + " has no networks: nothing can be loaded");
    }
    try {
      return new SpeechGraphs(model, files, sessions);
    } catch (OrtException e) {
      throw SpeechModel.failed(e);
    }
  }

  private NamedTensors open(CatalogSpeech model, ModelFile file, Sessions sessions)
      throws OrtException {
    ModelFiles.requireNamed(model, file);
    opened.add(sessions.open(model, file));
    return NamedTensors.of(last(), model.place().name(file.path()));
  }

  private OrtSession last() {
    return ((OpenSession) opened.getLast()).session();
  }

  private void requireFamily(CatalogSpeech model, String languageFile) {
    boolean turbo = model.spec().family() == SpeechFamily.TURBO;
    if (embedder.guided() == turbo) {
      throw ModelFiles.broken(
          embedderFile,
          turbo
              ? "takes an exaggeration, which Turbo has not; family of %s is turbo"
                  .formatted(model.definedIn())
              : "takes no exaggeration: it is Turbo's; family of %s is %s"
                  .formatted(model.definedIn(), model.spec().family().key()));
    }
    if (language.positions() != turbo) {
      throw ModelFiles.broken(
          languageFile,
          turbo
              ? "takes no position_ids, which Turbo's does"
              : "takes position_ids: it is Turbo's; family of %s is %s"
                  .formatted(model.definedIn(), model.spec().family().key()));
    }
  }

  /// What runs all of them.
  SpeechRuns runs() {
    return runs;
  }

  OrtSession encoder() {
    return encoder;
  }

  TokenEmbedder embedder() {
    return embedder;
  }

  /// How its file is named in errors.
  String embedderFile() {
    return embedderFile;
  }

  OrtSession languageSession() {
    return languageSession;
  }

  LanguageGraph language() {
    return language;
  }

  OrtSession decoder() {
    return decoder;
  }

  Dtype soundType() {
    return soundType;
  }

  Dtype speakerType() {
    return speakerType;
  }

  Dtype framesType() {
    return framesType;
  }

  @Override
  public void close() {
    for (AutoCloseable one : opened.reversed()) {
      try {
        one.close();
      } catch (Exception e) {
        throw new IllegalStateException("a network cannot be closed", e);
      }
    }
    opened.clear();
  }
}
