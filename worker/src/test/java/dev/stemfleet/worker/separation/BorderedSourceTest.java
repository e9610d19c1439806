package dev.stemfleet.worker.separation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.domain.ModelSpec.Border;
import dev.stemfleet.common.domain.ModelSpec.Fill;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BorderedSourceTest {
  @Test
  void aReflectionLeavesTheSampleAtTheEdgeOut() {
    assertThat(read(new Border(3, Fill.REFLECTION), 1, 2, 3, 4, 5))
        .containsExactly(4f, 3f, 2f, 1f, 2f, 3f, 4f, 5f, 4f, 3f, 2f);
  }

  @Test
  void whereAMixIsTooShortToBeReflectedThereIsSilence() {
    assertThat(read(new Border(3, Fill.REFLECTION), 1, 2))
        .containsExactly(0f, 0f, 2f, 1f, 2f, 1f, 0f, 0f);
    assertThat(read(new Border(2, Fill.REFLECTION), 7)).containsExactly(0f, 0f, 7f, 0f, 0f);
  }

  @Test
  void aSilentBorderIsSilent() {
    assertThat(read(new Border(2, Fill.SILENCE), 1, 2, 3, 4, 5, 6, 7))
        .containsExactly(0f, 0f, 1f, 2f, 3f, 4f, 5f, 6f, 7f, 0f, 0f);
  }

  @Test
  void thereIsNothingAroundNothing() {
    assertThat(read(new Border(2, Fill.REFLECTION))).isEmpty();
  }

  private static List<Float> read(Border border, float... mix) {
    float[][] both = {mix, mix.clone()};
    MixSource source = BorderedSource.of(new ArraySource(both, 2), border);
    List<Float> all = new ArrayList<>();
    float[] left = new float[2];
    float[] right = new float[2];
    for (int count = source.read(left, right); count >= 0; count = source.read(left, right)) {
      for (int i = 0; i < count; i++) {
        assertThat(right[i]).isEqualTo(left[i]);
        all.add(left[i]);
      }
    }
    return all;
  }
}
