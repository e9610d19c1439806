package dev.stemfleet.worker.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stemfleet.common.domain.speech.Thresholds;
import org.junit.jupiter.api.Test;

final class TranscriptScoreTest {
  @Test
  void theSameTextIsPerfect() {
    TranscriptScore score = TranscriptScore.of(" Hello there, you. ", "hello there, you.\n\n");

    assertThat(score).isEqualTo(new TranscriptScore(1, 1, 1));
    assertThat(score.valid(Thresholds.USUAL)).isTrue();
  }

  @Test
  void aMissingWordCostsWhatTheFormulaSays() {
    // 3 of 4 words, 13 of 18 characters
    TranscriptScore score = TranscriptScore.of("one two three", "one two three four");

    assertThat(score.similarity()).isEqualTo(0.75);
    assertThat(score.quality()).isCloseTo(0.7 * 0.75 + 0.3 * 13 / 18, within(1e-12));
    double length = 0.7 * 13 / 18 + 0.3 / 1.25;
    assertThat(score.overall()).isCloseTo(0.65 * 0.75 + 0.35 * length, within(1e-12));
    assertThat(score.valid(Thresholds.USUAL)).isFalse();
  }

  @Test
  void silenceIsNeverValid() {
    TranscriptScore score = TranscriptScore.of("", "something to say");

    assertThat(score.similarity()).isZero();
    assertThat(score.overall()).isCloseTo(0.35 * 0.15 * 0.4, within(1e-12));
    assertThat(score.valid(Thresholds.USUAL)).isFalse();
  }

  @Test
  void oneScoreMakesUpForALittleOfTheOther() {
    assertThat(new TranscriptScore(0.71, 0.78, 0).valid(Thresholds.USUAL)).isTrue();
    assertThat(new TranscriptScore(0.83, 0.66, 0).valid(Thresholds.USUAL)).isTrue();
    assertThat(new TranscriptScore(0.76, 0.75, 0).valid(Thresholds.USUAL)).isTrue();
    assertThat(new TranscriptScore(0.69, 0.9, 0).valid(Thresholds.USUAL)).isFalse();
    assertThat(new TranscriptScore(0.76, 0.72, 0).valid(Thresholds.USUAL)).isFalse();
  }
}
