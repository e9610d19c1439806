package dev.stemfleet.worker.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.catalog.CatalogSpeech;
import dev.stemfleet.common.catalog.ModelCatalog;
import dev.stemfleet.common.domain.speech.SpeechFamily;
import dev.stemfleet.common.domain.speech.SpeechParameters;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.worker.job.SpeechSounds;
import dev.stemfleet.worker.model.Device;
import dev.stemfleet.worker.model.Held;
import dev.stemfleet.worker.model.ModelCache;
import dev.stemfleet.worker.model.SpeechModel;
import dev.stemfleet.worker.model.graph.OnnxGraph.ElementType;
import dev.stemfleet.worker.model.graph.SpeechStubs;
import dev.stemfleet.worker.speech.SpeechEngine.SpokenVoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A resident speech model from its files to sound.
final class ChatterboxEngineTest {
  private static final SoundTools SOUNDS = new NamedTones();
  private static final String TEXT = "the other llama";
  private final ModelCache cache = new ModelCache(Device.parse("cpu"), 1, InstantSource.system());
  private final Voices voices = new Voices(8);

  @TempDir private Path models;

  @AfterEach
  void close() {
    cache.close();
  }

  @Test
  void aVoiceIsHeardOnceAndTheSameSeedSpeaksTheSameAgain() throws Exception {
    CatalogSpeech model = english();
    try (Held<SpeechModel> held = cache.hold(model);
        ChatterboxEngine engine = engine(model, held)) {
      SpokenVoice first = engine.voice(Path.of("5s.wav"), "a");
      float[] said = first.speak(TEXT, "en", SpeechParameters.USUAL, 7);
      SpokenVoice other = engine.voice(Path.of("4s.wav"), "b");
      var _ = other.speak(TEXT, "en", SpeechParameters.USUAL, 7);
      SpokenVoice again = engine.voice(Path.of("5s.wav"), "c");

      assertThat(again.speak(TEXT, "en", SpeechParameters.USUAL, 7)).isEqualTo(said);
      assertThat(said.length % SpeechStubs.SAMPLES_PER_CODE).isZero();
      assertThat(voices.counts().misses()).isEqualTo(2);
      assertThat(voices.counts().hits()).isEqualTo(1);
      assertThat(voices.counts().bytes()).isPositive();
    }
    assertThat(cache.counts()).isEqualTo(new ModelCache.Counts(0, 1));
  }

  @Test
  void theModelIsLoadedOnceAndToldAbout() throws Exception {
    CatalogSpeech model = english();
    try (Held<SpeechModel> first = cache.hold(model)) {
      first.model().serveJob();
    }
    try (Held<SpeechModel> second = cache.hold(model)) {
      assertThat(second.facts().id()).isEqualTo("stub-english");
      assertThat(second.facts().dtype()).isEqualTo("fp32");
      assertThat(second.facts().jobsServed()).isEqualTo(1);
      assertThat(second.model().lines().getFirst())
          .isEqualTo("language model of 2 layers, 16 heads of 64, 8194 tokens");
    }
    assertThat(cache.counts()).isEqualTo(new ModelCache.Counts(1, 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1s.wav|ENGLISH|voice recording 1s.wav is 1.0 s long; a voice needs at least 3 s",
        "4s.wav|TURBO|voice recording 4s.wav is 4.0 s long; a voice needs at least 5 s",
        "130s.wav|ENGLISH|voice recording 130s.wav is 130 s long; at most 120 s are heard",
        "silent.wav|ENGLISH|voice recording silent.wav is silent"
      })
  void recordingsThatNoVoiceCanBeMadeFromAreRefused(
      String file, SpeechFamily family, String message) {
    assertThatThrownBy(() -> VoiceSample.of(SOUNDS.samples(Path.of(file)), family, file, SOUNDS))
        .isInstanceOf(JobException.class)
        .hasMessage(message);
  }

  @Test
  void turboHearsItsVoicesAtOneLoudness() {
    float[] heard =
        VoiceSample.of(SOUNDS.samples(Path.of("6s.wav")), SpeechFamily.TURBO, "6s.wav", SOUNDS);

    assertThat(SOUNDS.lufs(heard, 24_000)).isBetween(-27.01, -26.99);
  }

  @Test
  void aModelWithoutAVoiceOfItsOwnSaysSo() throws Exception {
    CatalogSpeech model = english();
    try (Held<SpeechModel> held = cache.hold(model);
        ChatterboxEngine engine = engine(model, held)) {
      assertThatThrownBy(() -> engine.voice(null, "anna"))
          .isInstanceOf(JobException.class)
          .hasMessage("model stub-english has no voice of its own: speaker anna needs a recording");
    }
  }

  @Test
  void turboSpeaks() throws Exception {
    SpeechStubs stubs = SpeechStubs.turbo(2, ElementType.FLOAT32, ElementType.FLOAT32);
    CatalogSpeech model =
        StubSpeech.write(models, SpeechFamily.TURBO, stubs, StubTokenizers.turbo());
    try (Held<SpeechModel> held = cache.hold(model);
        ChatterboxEngine engine = engine(model, held)) {
      assertThat(model.spec().family().unused())
          .containsExactly("cfg_weight", "exaggeration", "min_p");
      assertThat(engine.voice(Path.of("6s.wav"), "a").speak(TEXT, "en", SpeechParameters.USUAL, 1))
          .isNotEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TURBO|ENGLISH|embed_tokens.onnx: takes an exaggeration, which Turbo has not",
        "ENGLISH|TURBO|embed_tokens.onnx: takes no exaggeration: it is Turbo's; family of",
        "MULTILINGUAL|ENGLISH|embed_tokens.onnx: cannot embed text token 2351, the last that"
      })
  void networksOfAnotherFamilyAreRefused(SpeechFamily said, SpeechFamily there, String message)
      throws IOException {
    SpeechStubs stubs =
        there == SpeechFamily.TURBO
            ? SpeechStubs.turbo(1, ElementType.FLOAT32, ElementType.FLOAT32)
            : SpeechStubs.english(1, ElementType.FLOAT32);
    CatalogSpeech model = StubSpeech.write(models, said, stubs, StubTokenizers.english(false));

    assertThatThrownBy(() -> cache.hold(model))
        .isInstanceOf(JobException.class)
        .hasMessageContaining(message)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    CatalogSpeech model = english();
    Files.delete(models.resolve("english/conditional_decoder.onnx"));
    assertThatThrownBy(() -> cache.hold(model))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("conditional_decoder.onnx: no such file, but ");
  }

  @Test
  void aMissingFileOfWeightsIsNamed() throws IOException {
    var _ = english();
    Path yaml = models.resolve("stub-english.yaml");
    String side =
        "  side:\n    - {path: english/w.data, sha256: %s, bytes: 4}\nlicence:"
            .formatted("ab".repeat(32));
    Files.writeString(yaml, Files.readString(yaml).replace("licence:", side));
    CatalogSpeech model = ModelCatalog.load(List.of(models)).requireSpeech("stub-english");

    assertThatThrownBy(() -> cache.hold(model))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("w.data: no such file, but ")
        .message()
        .doesNotContain("\n");
  }

  private CatalogSpeech english() throws IOException {
    return StubSpeech.write(
        models,
        SpeechFamily.ENGLISH,
        SpeechStubs.english(2, ElementType.FLOAT32),
        StubTokenizers.english(true));
  }

  private ChatterboxEngine engine(CatalogSpeech model, Held<SpeechModel> held) {
    return ChatterboxEngine.open(model, held.model(), voices, SOUNDS);
  }

  /// Files whose names say how long they are; the rest is real.
  private static final class NamedTones implements SoundTools {
    private final SoundTools real = new SpeechSounds();

    @Override
    public float[] samples(Path file) {
      String name = file.toString();
      boolean silent = name.startsWith("silent");
      int seconds = silent ? 5 : Integer.parseInt(name.replaceAll("\\D", ""));
      float[] samples = new float[seconds * SoundTools.RATE_HZ];
      for (int i = 0; i < samples.length && !silent; i++) {
        samples[i] = (float) (0.3 * Math.sin(2 * Math.PI * 220 * i / SoundTools.RATE_HZ) + 0.01);
      }
      return samples;
    }

    @Override
    public float[] resampled(float[] mono, int fromHz, int toHz) {
      return real.resampled(mono, fromHz, toHz);
    }

    @Override
    public @Nullable Double lufs(float[] mono, int rateHz) {
      return real.lufs(mono, rateHz);
    }
  }
}
