package dev.stemfleet.worker.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stemfleet.common.domain.SpeechNetwork.Voice;
import dev.stemfleet.common.domain.speech.SpeechParameters;
import dev.stemfleet.worker.model.Device;
import dev.stemfleet.worker.model.SpeechModel;
import dev.stemfleet.worker.model.graph.OnnxGraph.ElementType;
import dev.stemfleet.worker.model.graph.SpeechStubs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The whole loop over real sessions of small networks, against one that works their answers out.
final class SpeakerTest {
  private static final long[] TEXT = {17, 23, 5, 300, 42};
  private static final int START = SpeechPrompt.START_SPEECH;

  @TempDir static Path folder;
  private static SpeechModel model;

  @BeforeAll
  static void open() throws Exception {
    SpeechStubs.english(folder, 3, ElementType.FLOAT32);
    model = SpeechModel.open(folder, "", Device.parse("cpu"), 1);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @ParameterizedTest
  @CsvSource({
    "0.0, 0.0, 1.0, 0.0, 1.0",
    "0.5, 0.0, 1.0, 0.0, 1.0",
    "0.5, 0.8, 1.2, 0.05, 1.0",
    "0.15, 0.9, 1.5, 0.06, 0.94",
    "0.0, 0.7, 2.0, 0.5, 0.5"
  })
  void saysTokenForTokenWhatTheNetworksMean(
      double guidance, double temperature, double penalty, double minP, double topP)
      throws Exception {
    SpeechParameters parameters =
        new SpeechParameters(0.5, guidance, temperature, penalty, minP, topP);
    long seed = 11;

    long[] codes = new Speaker(model).codes(TEXT, voice(0), parameters, seed, 200);

    assertThat(codes).containsExactly(expected(parameters, seed));
    assertThat(codes.length).isBetween(SpeechStubs.LAST / 2, 199);
  }

  @Test
  void theSameSeedSaysTheSameAndAnotherDoesNot() throws Exception {
    Speaker speaker = new Speaker(model);

    long[] first = speaker.codes(TEXT, voice(0), SpeechParameters.USUAL, 1, 200);

    assertThat(speaker.codes(TEXT, voice(0), SpeechParameters.USUAL, 1, 200)).isEqualTo(first);
    assertThat(speaker.codes(TEXT, voice(0), SpeechParameters.USUAL, 2, 200)).isNotEqualTo(first);
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
    float[] sound = new Speaker(model).sound(new long[] {6560, 1}, voice(0));

    assertThat(sound).hasSize((2 + 3) * SpeechStubs.SAMPLES_PER_CODE);
    assertThat(sound[0]).isCloseTo(6560f / 6561, within(1e-6f));
  }

  @Test
  void aTextThatDoesNotEndBeforeTheCapIsNoSpeech() {
    assertThatThrownBy(
            () -> new Speaker(model).codes(TEXT, voice(0), SpeechParameters.USUAL, 1, 20))
        .isInstanceOf(SpeechException.class)
        .hasMessage("The text did not end after 20 tokens.");
  }

  @Test
  void marksInATextAreRefused() {
    for (long mark : new long[] {0, 6561, 6563}) {
      assertThatThrownBy(() -> SpeechPrompt.of(new long[] {5, mark}, true))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static Voice voice(float level) {
    float[] samples = new float[24_000];
    Arrays.fill(samples, level);
    return model.voice(samples);
  }

  /// What the stubs give, worked out without them: voices of level 0 add nothing to the sums.
  private static long[] expected(SpeechParameters parameters, long seed) {
    Random random = new Random(seed);
    long silent = 6563 + 2L * START;
    long heard = silent + 255 + Arrays.stream(TEXT).sum();
    Set<Integer> said = new LinkedHashSet<>(List.of(START));
    List<Long> codes = new ArrayList<>();
    int position = 0;
    while (true) {
      float[] logits = new float[2 * SpeechStubs.VOCABULARY];
      fill(logits, 0, position, heard);
      fill(logits, SpeechStubs.VOCABULARY, position, silent);
      int token = SamplerReference.draw(logits, SpeechStubs.VOCABULARY, parameters, said, random);
      if (token == SpeechPrompt.STOP_SPEECH) {
        return codes.stream().mapToLong(Long::longValue).toArray();
      }
      said.add(token);
      if (token < START) {
        codes.add((long) token);
      }
      heard += token;
      silent += token;
      position++;
    }
  }

  private static void fill(float[] logits, int at, int position, long sum) {
    long likeliest =
        position >= SpeechStubs.LAST
            ? SpeechPrompt.STOP_SPEECH
            : (37L * position + 10 * sum) % 6561;
    for (int id = 0; id < SpeechStubs.VOCABULARY; id++) {
      logits[at + id] = Math.abs(id - likeliest) * (-1f / 64);
    }
  }
}
