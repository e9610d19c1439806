package dev.stemfleet.worker.separation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.domain.ModelSpec.Treatment;
import dev.stemfleet.common.domain.Progress;
import dev.stemfleet.common.domain.Stem;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Through spectra, windows and seams of every layout a mix comes back as it was, also at its ends
/// and when it is shorter than a segment: the error lies more than 120 dB below.
class LayoutSeamTest {
  private static final EnumSet<Stem> MUSIC =
      EnumSet.of(Stem.ACAPELLA, Stem.DRUMS, Stem.BASS, Stem.MELODY, Stem.INSTRUMENTAL);

  @BeforeAll
  static void printSeed() {
    System.out.println("seed " + TestMix.SEED);
  }

  static List<LayoutCase> layouts() {
    return LayoutCase.all();
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void theMixComesBackFromEveryLayout(LayoutCase layout) {
    int segment = layout.segments().samples();
    int stride = layout.segments().strideSamples();
    FakeNetworks model = new FakeNetworks(layout.spec(Treatment.NONE), LayoutCase.GAINS);
    for (int length :
        List.of(
            1,
            1499,
            7919,
            segment - 1,
            segment,
            segment + 1,
            segment + stride,
            segment + stride + 1,
            segment + 2 * stride + 7919)) {
      // Given
      float[][] mix = layout.mix().of(length, layout.segments());

      // When
      Collected stems = separate(model, mix);

      // Then
      Map<Stem, Double> expected = new LinkedHashMap<>();
      expected.put(Stem.ACAPELLA, layout.shares().get(0));
      expected.put(Stem.DRUMS, layout.shares().get(1));
      expected.put(Stem.BASS, layout.shares().get(2));
      expected.put(Stem.MELODY, layout.shares().get(3));
      expected.put(Stem.INSTRUMENTAL, 1 - layout.shares().get(0));
      expected.forEach(
          (stem, share) -> assertSame(mix, share, stems.stem(stem), layout.decibels()));
    }
  }

  private static void assertSame(float[][] mix, double share, float[][] stem, double decibels) {
    int length = mix[0].length;
    int end = Math.min(length, 1000);
    assertThat(stem[0]).hasSize(length);
    assertThat(TestMix.decibels(mix, share, stem, 0, length))
        .as("%d samples", length)
        .isGreaterThan(decibels);
    assertThat(TestMix.decibels(mix, share, stem, 0, end))
        .as("the start of %d samples", length)
        .isGreaterThan(decibels);
    assertThat(TestMix.decibels(mix, share, stem, length - end, length))
        .as("the end of %d samples", length)
        .isGreaterThan(decibels);
  }

  private static Collected separate(SegmentModel model, float[][] mix) {
    Collected stems = new Collected();
    SeparationOrder order = new SeparationOrder(MUSIC, mix[0].length, TrackLevel.UNIT);
    Separated separated =
        new Separator(Runnable::run)
            .separate(new ArraySource(mix, 4001), model, order, stems, Progress.NONE);
    assertThat(separated.samples()).isEqualTo(mix[0].length);
    return stems;
  }
}
