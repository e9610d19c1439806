package dev.stemfleet.common.domain.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stemfleet.common.domain.speech.Candidates.Kind;
import dev.stemfleet.common.domain.speech.Candidates.Slot;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class CandidatesTest {
  private static final Offset<Double> EXACT = within(1e-12);

  @Test
  void fourCandidatesAreARampAndAPlainOne() {
    Candidates candidates =
        new Candidates(
            4, 3, SpeechParameters.USUAL, Candidates.USUAL.deviation(), Candidates.USUAL.plain());

    is(candidates.slot(0), Kind.EXPRESSIVE, 0.45, 0.15, 0.9);
    is(candidates.slot(1), Kind.EXPRESSIVE, 0.40, 0.25, 1.0);
    is(candidates.slot(2), Kind.EXPRESSIVE, 0.35, 0.35, 1.1);
    is(candidates.slot(3), Kind.CONSERVATIVE, 0.4, 0.35, 0.8);
    assertThat(candidates.slot(3).parameters().minP()).isEqualTo(0.08);
    assertThat(candidates.slot(3).parameters().repetitionPenalty()).isEqualTo(1.5);
    is(candidates.slot(4), Kind.RETRY_CONSERVATIVE, 0.4, 0.35, 0.8);
    is(candidates.slot(5), Kind.RETRY_CONSERVATIVE, 0.35, 0.30, 0.75);
    is(candidates.slot(6), Kind.RETRY_CONSERVATIVE, 0.45, 0.40, 0.85);
    assertThat(candidates.slot(5).parameters().minP()).isEqualTo(0.06);
    assertThat(candidates.places()).isEqualTo(7);
  }

  @Test
  void withoutAPlainOneTheRampReachesTheLast() {
    Candidates candidates =
        new Candidates(3, 1, SpeechParameters.USUAL, Candidates.USUAL.deviation(), null);

    is(candidates.slot(2), Kind.EXPRESSIVE, 0.35, 0.35, 1.1);
    is(candidates.slot(3), Kind.RETRY_CONSERVATIVE, 0.45, 0.4, 0.8);
  }

  @Test
  void theOnlyCandidateIsThePlainOne() {
    Candidates candidates =
        new Candidates(
            1, 0, SpeechParameters.USUAL, Candidates.USUAL.deviation(), Candidates.USUAL.plain());

    assertThat(candidates.slot(0).kind()).isEqualTo(Kind.CONSERVATIVE);
  }

  @Test
  void whatIsOutOfRangeIsNamed() {
    assertThatThrownBy(() -> new SpeechParameters(0.5, 0.5, -1, 1, 0, 1))
        .hasMessageContaining("temperature: is -1.0")
        .hasMessageContaining("from 0.0 to 5.0");
    assertThatThrownBy(() -> new SpeechParameters(Double.NaN, 0.5, 1, 1, 0, 1))
        .hasMessageContaining("exaggeration");
  }

  private static void is(
      Slot slot, Kind kind, double exaggeration, double guidance, double temperature) {
    assertThat(slot.kind()).isEqualTo(kind);
    assertThat(slot.parameters().exaggeration()).isEqualTo(exaggeration, EXACT);
    assertThat(slot.parameters().guidance()).isEqualTo(guidance, EXACT);
    assertThat(slot.parameters().temperature()).isEqualTo(temperature, EXACT);
  }
}
