package dev.stemfleet.worker.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stemfleet.common.catalog.CatalogSpeech;
import dev.stemfleet.common.domain.SpeechNetwork.Voice;
import dev.stemfleet.common.domain.speech.SpeechFamily;
import dev.stemfleet.common.domain.speech.SpeechParameters;
import dev.stemfleet.worker.model.Device;
import dev.stemfleet.worker.model.ModelCache;
import dev.stemfleet.worker.model.SpeechModel;
import dev.stemfleet.worker.model.graph.OnnxGraph.ElementType;
import dev.stemfleet.worker.model.graph.SpeechStubs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The whole loop over real sessions of small networks, against one that works their answers out.
final class SpeakerTest {
  private static final long[] TEXT = {17, 23, 5, 300, 42};
  private static final long SEED = 11;
  private static final Map<Kind, SpeechModel> MODELS = new EnumMap<>(Kind.class);
  private static final ModelCache CACHE =
      new ModelCache(Device.parse("cpu"), 1, InstantSource.system());

  @TempDir static Path folder;

  /// Families and types of numbers of the public exports.
  enum Kind {
    ENGLISH,
    MULTILINGUAL_HALF_CACHE,
    TURBO,
    TURBO_HALF;

    SpeechFamily family() {
      return switch (this) {
        case ENGLISH -> SpeechFamily.ENGLISH;
        case MULTILINGUAL_HALF_CACHE -> SpeechFamily.MULTILINGUAL;
        case TURBO, TURBO_HALF -> SpeechFamily.TURBO;
      };
    }

    SpeechStubs stubs() {
      return switch (this) {
        case ENGLISH -> SpeechStubs.english(3, ElementType.FLOAT32);
        case MULTILINGUAL_HALF_CACHE -> SpeechStubs.multilingual(2, ElementType.FLOAT16);
        case TURBO -> SpeechStubs.turbo(3, ElementType.FLOAT32, ElementType.FLOAT32);
        case TURBO_HALF -> SpeechStubs.turbo(2, ElementType.FLOAT16, ElementType.FLOAT16);
      };
    }
  }

  @BeforeAll
  static void open() throws IOException {
    for (Kind kind : Kind.values()) {
      Path models = Files.createDirectories(folder.resolve(kind.name()));
      MODELS.put(kind, CACHE.hold(written(models, kind.family(), kind.stubs())).model());
    }
  }

  private static CatalogSpeech written(Path models, SpeechFamily family, SpeechStubs stubs)
      throws IOException {
    return StubSpeech.write(models, family, stubs, StubTokenizers.english(false));
  }

  @AfterAll
  static void close() {
    CACHE.close();
  }

  static Stream<Arguments> settings() {
    List<SpeechParameters> all =
        List.of(
            new SpeechParameters(0.5, 0, 0, 1, 0, 1),
            new SpeechParameters(0.5, 0.5, 0, 1, 0, 1),
            new SpeechParameters(0.5, 0.5, 0, 1.2, 0, 1),
            new SpeechParameters(0.5, 0.5, 0.8, 1.2, 0.05, 1),
            new SpeechParameters(0.5, 0.15, 0.9, 1.5, 0.06, 0.94),
            new SpeechParameters(0.5, 0, 0.7, 2, 0.5, 0.5),
            new SpeechParameters(0.5, 0, 0.7, 1, 0, 1));
    // What only the English and Turbo differ in is the sampler: the others say two of them.
    return Stream.of(Kind.values())
        .flatMap(
            kind ->
                all.stream()
                    .skip(kind == Kind.ENGLISH || kind == Kind.TURBO ? 0 : all.size() - 2)
                    .map(parameters -> Arguments.of(kind, parameters)));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void saysTokenForTokenWhatTheNetworksMean(Kind kind, SpeechParameters parameters)
      throws Exception {
    long[] codes = new Speaker(model(kind)).codes(TEXT, silentVoice(kind), parameters, SEED, 200);

    assertThat(codes).containsExactly(new SpokenTokens(kind.stubs(), parameters, SEED).of(TEXT));
    assertThat(codes.length).isBetween(15, 199);
  }

  @Test
  void theSameSeedSaysTheSameAndAnotherDoesNot() throws Exception {
    Speaker speaker = new Speaker(model(Kind.ENGLISH));
    Voice voice = silentVoice(Kind.ENGLISH);

    long[] first = speaker.codes(TEXT, voice, SpeechParameters.USUAL, 1, 200);

    assertThat(speaker.codes(TEXT, voice, SpeechParameters.USUAL, 1, 200)).isEqualTo(first);
    assertThat(speaker.codes(TEXT, voice, SpeechParameters.USUAL, 2, 200)).isNotEqualTo(first);
  }

  @Test
  void aVoiceIsTheSameAfterAnotherSpoke() {
    Voice first = voice(0.25f);
    Voice other = voice(-0.5f);
    Voice again = voice(0.25f);

    assertThat(again.features()).isEqualTo(first.features()).isNotEqualTo(other.features());
    assertThat(again.speaker()).isEqualTo(first.speaker());
    assertThat(first.features()).hasSize(SpeechStubs.FEATURES * SpeechStubs.WIDTH);
    assertThat(first.frames()).hasSize(SpeechStubs.FRAMES * 80);
    assertThat(first.tokens()).hasSize(SpeechStubs.PROMPT);
  }

  @Test
  void soundIsAsLongAsItsCodesAndASilentEnd() {
    float[] sound = new Speaker(model(Kind.ENGLISH)).sound(new long[] {6560, 1}, voice(0));

    assertThat(sound).hasSize((2 + 3) * SpeechStubs.SAMPLES_PER_CODE);
    assertThat(sound[0]).isCloseTo(6560f / 6561, within(1e-6f));
  }

  @Test
  void aTextThatDoesNotEndBeforeTheCapIsNoSpeech() {
    assertThatThrownBy(
            () ->
                new Speaker(model(Kind.TURBO))
                    .codes(TEXT, silentVoice(Kind.TURBO), SpeechParameters.USUAL, 1, 20))
        .isInstanceOf(SpeechException.class)
        .hasMessage("The text did not end after 20 tokens.");
  }

  @Test
  void aTextThatEndsAtOnceIsNoSpeech() throws IOException {
    Path models = Files.createDirectories(folder.resolve("hasty"));
    SpeechStubs hasty = SpeechStubs.english(1, ElementType.FLOAT32).last(0);
    SpeechModel model = CACHE.hold(written(models, SpeechFamily.ENGLISH, hasty)).model();

    assertThatThrownBy(
            () ->
                new Speaker(model)
                    .codes(TEXT, voice(0), new SpeechParameters(0.5, 0, 0, 1, 0, 1), 1, 20))
        .isInstanceOf(SpeechException.class)
        .hasMessage("The model said nothing.");
  }

  @Test
  void marksInATextAreRefused() {
    for (long mark : new long[] {0, 6561, 6563}) {
      assertThatThrownBy(() -> SpeechPrompt.of(new long[] {5, mark}, true))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> SpeechPrompt.turbo(new long[] {50_256}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static SpeechModel model(Kind kind) {
    return Objects.requireNonNull(MODELS.get(kind));
  }

  private static Voice silentVoice(Kind kind) {
    return model(kind).voice(new float[24_000]);
  }

  private static Voice voice(float level) {
    float[] samples = new float[24_000];
    Arrays.fill(samples, level);
    return model(Kind.ENGLISH).voice(samples);
  }
}
