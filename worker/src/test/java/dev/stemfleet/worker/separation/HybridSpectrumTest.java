package dev.stemfleet.worker.separation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.domain.ComplexParts;
import dev.stemfleet.common.domain.ModelLayout.Hybrid;
import dev.stemfleet.common.domain.ModelSpec.Segments;
import dev.stemfleet.common.domain.ModelSpec.Treatment;
import dev.stemfleet.common.domain.ModelSpec.Window;
import dev.stemfleet.common.domain.Progress;
import dev.stemfleet.common.domain.Stem;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// HTDemucs's spectra bring a mix back as well as its waveforms do, but for the ends of segments:
/// there its transform has frames that are always silent, and the waveforms have to do it.
class HybridSpectrumTest {
  private static final Segments SEGMENTS = new Segments(21_000, 15_750, Window.TRIANGLE);
  private static final int ENDS = 1536;
  private static final EnumSet<Stem> STEMS =
      EnumSet.of(Stem.ACAPELLA, Stem.DRUMS, Stem.BASS, Stem.MELODY);

  static List<Hybrid> layouts() {
    return List.of(
        new Hybrid(ComplexParts.CHANNELS, false, false),
        new Hybrid(ComplexParts.PAIRS, false, false),
        new Hybrid(ComplexParts.LAST, false, false),
        new Hybrid(ComplexParts.SPLIT, false, false),
        new Hybrid(ComplexParts.CHANNELS, true, false),
        new Hybrid(ComplexParts.CHANNELS, true, true));
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void spectraAloneBringTheMixBack(Hybrid layout) {
    System.out.println("seed " + TestMix.SEED);
    FakeNetworks model =
        new FakeNetworks(
            LayoutCase.spec(layout, LayoutCase.STEMS, List.of(List.of()), SEGMENTS, Treatment.NONE),
            true,
            1,
            1,
            1,
            1);
    for (int length : List.of(7919, SEGMENTS.samples() + 1, 2 * SEGMENTS.samples() + 7919)) {
      // Given
      float[][] mix = TestMix.tones(length, SEGMENTS, ENDS);

      // When
      Collected stems = new Collected();
      new Separator(Runnable::run)
          .separate(
              new ArraySource(mix, 4001),
              model,
              new SeparationOrder(STEMS, length, TrackLevel.UNIT),
              stems,
              Progress.NONE);

      // Then
      for (Stem stem : STEMS) {
        assertThat(TestMix.decibels(mix, 1, stems.stem(stem), 0, length))
            .as("%s, %d samples", stem, length)
            .isGreaterThan(120);
      }
    }
  }
}
