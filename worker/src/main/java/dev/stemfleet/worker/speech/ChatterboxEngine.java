package dev.stemfleet.worker.speech;

import dev.stemfleet.common.catalog.CatalogSpeech;
import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.domain.SpeechNetwork;
import dev.stemfleet.common.domain.SpeechNetwork.Voice;
import dev.stemfleet.common.domain.speech.SpeechFiles;
import dev.stemfleet.common.domain.speech.SpeechParameters;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Speaks with a Chatterbox model: English, multilingual or Turbo. Holds no voice of its own: each
/// is an argument of what is spoken. Valid as long as its network is open; one thread at a time.
public final class ChatterboxEngine implements SpeechEngine, AutoCloseable {
  private final CatalogSpeech model;
  private final SpeechFiles files;
  private final SpeechNetwork network;
  private final Tokens tokens;
  private final SpeechText texts;
  private final Voices voices;
  private final SoundTools sounds;

  private ChatterboxEngine(
      CatalogSpeech model,
      SpeechFiles files,
      SpeechNetwork network,
      Tokens tokens,
      Voices voices,
      SoundTools sounds) {
    this.model = model;
    this.files = files;
    this.network = network;
    this.tokens = tokens;
    this.voices = voices;
    this.sounds = sounds;
    this.texts = SpeechText.of(model.spec(), tokens);
  }

  /// @param network of the model, whose files were checked
  /// @param voices that are kept from one engine to the next
  /// @throws JobException MODEL_BROKEN if the tokenizer is none, or does not fit the model
  public static ChatterboxEngine open(
      CatalogSpeech model, SpeechNetwork network, Voices voices, SoundTools sounds) {
    SpeechFiles files = model.spec().files();
    if (files == null) {
      throw new IllegalArgumentException(model.id() + " has no networks");
    }
    Tokens tokens = Tokens.of(model.place(), files.tokenizer());
    try {
      return new ChatterboxEngine(model, files, network, tokens, voices, sounds);
    } catch (RuntimeException e) {
      tokens.close();
      throw e;
    }
  }

  @Override
  public int sampleRateHz() {
    return VoiceSample.RATE_HZ;
  }

  @Override
  public SpokenVoice voice(@Nullable Path recording, String speaker) {
    Path file = recording == null ? ownVoice(speaker) : recording;
    float[] samples =
        VoiceSample.of(
            sounds.samples(file),
            model.spec().family(),
            String.valueOf(file.getFileName()),
            sounds);
    Voices.Key key = Voices.Key.of(samples, files.encoder().sha256(), model.dtype());
    Voice voice = voices.of(key, () -> network.voice(samples));
    return (text, language, parameters, seed) -> speak(voice, text, language, parameters, seed);
  }

  private Path ownVoice(String speaker) {
    ModelFile own = files.voice();
    if (own == null) {
      throw new JobException(
          FailureCode.SCRIPT_UNUSABLE,
          "model %s has no voice of its own: speaker %s needs a recording"
              .formatted(model.id(), speaker));
    }
    return model
        .place()
        .onDisk(own.path())
        .orElseThrow(() -> Tokens.broken(model.place().name(own.path()), "is no file on disk"));
  }

  private float[] speak(
      Voice voice, String text, String language, SpeechParameters parameters, long seed)
      throws SpeechException {
    long[] ids = texts.ids(text, language);
    int cap = Speaker.cap(text.codePointCount(0, text.length()));
    Speaker speaker = new Speaker(network);
    return speaker.sound(speaker.codes(ids, voice, parameters, seed, cap), voice);
  }

  /// Leaves the network open.
  @Override
  public void close() {
    tokens.close();
  }
}
