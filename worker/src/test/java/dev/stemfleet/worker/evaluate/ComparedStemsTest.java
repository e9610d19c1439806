package dev.stemfleet.worker.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.domain.Stem;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparedStemsTest {
  @Test
  void fourStemsAreComparedOneToOne() {
    ComparedStems compared = ComparedStems.of(List.of("drums", "bass", "other", "vocals"));

    assertThat(compared.byName().keySet()).containsExactly("vocals", "drums", "bass", "other");
    assertThat(compared.leftOut()).isEmpty();
  }

  @Test
  void guitarAndPianoBelongToOther() {
    ComparedStems compared =
        ComparedStems.of(List.of("drums", "bass", "other", "vocals", "guitar", "piano"));

    assertThat(compared.byName()).containsEntry("other", Stem.MELODY).hasSize(4);
    assertThat(compared.leftOut()).isEmpty();
  }

  @Test
  void anAccompanimentIsNoStemOfTheSongs() {
    ComparedStems compared = ComparedStems.of(List.of("vocals", "instrumental"));

    assertThat(compared.byName().keySet()).containsExactly("vocals");
    assertThat(compared.leftOut()).containsExactly("instrumental");
    assertThat(compared.separated()).containsExactlyInAnyOrder(Stem.ACAPELLA, Stem.MELODY);
  }

  @Test
  void aModelOfOneStemIsComparedToo() {
    ComparedStems compared = ComparedStems.of(List.of("bass"));

    assertThat(compared.byName().keySet()).containsExactly("bass");
    assertThat(compared.separated()).containsExactly(Stem.BASS);
  }
}
