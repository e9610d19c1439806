package dev.stemfleet.worker.separation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stemfleet.common.domain.ModelLayout;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.ModelSpec.Segments;
import dev.stemfleet.common.domain.ModelSpec.Treatment;
import dev.stemfleet.common.domain.ModelSpec.Window;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes a stem depends on what a model calls its outputs.
class StemPlanTest {
  @Test
  void aModelOfTheBackingGivesTheVoiceAsWhatIsLeft() {
    StemPlan plan = plan(Set.of(Stem.ACAPELLA, Stem.INSTRUMENTAL), "instrumental");

    assertThat(plan.groups()).containsExactly(List.of(0));
    assertThat(plan.products())
        .containsExactly(
            new StemPlan.Product(Stem.ACAPELLA, 0, true),
            new StemPlan.Product(Stem.INSTRUMENTAL, 0, false));
  }

  @Test
  void whereAModelGivesTheVoiceTheInstrumentalIsTheRestOfTheMix() {
    StemPlan plan = plan(Set.of(Stem.ACAPELLA, Stem.INSTRUMENTAL), "vocals", "accompaniment");

    assertThat(plan.groups()).containsExactly(List.of(0));
    assertThat(plan.products())
        .containsExactly(
            new StemPlan.Product(Stem.ACAPELLA, 0, false),
            new StemPlan.Product(Stem.INSTRUMENTAL, 0, true));
  }

  @Test
  void guitarAndPianoBelongToTheMelody() {
    StemPlan plan =
        plan(Set.of(Stem.MELODY), "drums", "bass", "other", "vocals", "guitar", "piano");

    assertThat(plan.groups()).containsExactly(List.of(2, 4, 5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"vocals,instrumental", "vocals,other", "vocals", "vocals,drums,other"})
  void aModelThatDoesNotTellRhythmApartGivesNoMelody(String outputs) {
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> plan(Set.of(Stem.MELODY), outputs.split(",")))
        .withMessage(
            "model fake gives no melody (it gives " + String.join(", ", outputs.split(",")) + ")")
        .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.MODEL_UNKNOWN));
  }

  @Test
  void aNetworkOfItsOwnForTheRestIsTheMelody() {
    assertThat(plan(Set.of(Stem.MELODY), "other").groups()).containsExactly(List.of(0));
  }

  private static StemPlan plan(Set<Stem> wanted, String... outputs) {
    ModelSpec spec =
        LayoutCase.spec(
            new ModelLayout.Waveform(),
            List.of(outputs),
            List.of(List.of()),
            new Segments(1000, 1000, Window.FLAT),
            Treatment.NONE);
    return StemPlan.of(spec, wanted);
  }
}
