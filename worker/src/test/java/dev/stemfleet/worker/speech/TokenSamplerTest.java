package dev.stemfleet.worker.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.domain.speech.SpeechParameters;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The sampler against one that does every step on a list of its own.
final class TokenSamplerTest {
  private static final int SIZE = 500;
  private static final int START = 3;

  @ParameterizedTest
  @CsvSource({
    "0.5, 0.8, 1.2, 0.05, 1.0",
    "0.15, 0.9, 1.5, 0.06, 0.94",
    "0.0, 1.0, 1.0, 0.0, 0.5",
    "0.0, 0.7, 2.0, 0.0, 1.0",
    "1.0, 0.0, 1.2, 0.0, 1.0",
    "0.3, 2.0, 1.0, 1.0, 1.0",
    "0.3, 0.5, 1.1, 0.0, 0.0"
  })
  void drawsWhatTheFormulaDraws(
      double guidance, double temperature, double penalty, double minP, double topP) {
    SpeechParameters parameters =
        new SpeechParameters(0.5, guidance, temperature, penalty, minP, topP);
    long seed = 20_261_121;
    System.out.println("seed " + seed);
    TokenSampler sampler = new TokenSampler(parameters, seed, START);
    Random draws = new Random(seed);
    Random models = new Random(seed + 1);
    Set<Integer> said = new LinkedHashSet<>(List.of(START));
    for (int step = 0; step < 300; step++) {
      float[] logits = logits(models);
      int expected = SamplerReference.draw(logits, SIZE, parameters, said, draws);
      assertThat(sampler.draw(logits, SIZE)).as("step %d", step).isEqualTo(expected);
      said.add(expected);
    }
    assertThat(said).as("more than one token is drawn").hasSizeGreaterThan(20);
  }

  @Test
  void equalTokensAreToldApartByTheLowerId() {
    float[] flat = new float[SIZE];
    assertThat(new TokenSampler(greedy(), 1).draw(flat, SIZE)).isZero();
  }

  @Test
  void whatIsNoNumberIsAFailure() {
    float[] logits = new float[SIZE];
    logits[7] = Float.NaN;
    assertThatThrownBy(() -> new TokenSampler(greedy(), 1).draw(logits, SIZE))
        .isInstanceOf(IllegalStateException.class);
  }

  private static SpeechParameters greedy() {
    return new SpeechParameters(0.5, 0, 0, 1, 0, 1);
  }

  /// Coarse, so that some are equal.
  private static float[] logits(Random random) {
    float[] logits = new float[2 * SIZE];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = Math.round(8 * random.nextGaussian()) / 4f;
    }
    return logits;
  }
}
