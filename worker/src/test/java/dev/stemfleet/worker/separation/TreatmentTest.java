package dev.stemfleet.worker.separation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.domain.MdxNetwork;
import dev.stemfleet.common.domain.ModelLayout;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.ModelSpec.Border;
import dev.stemfleet.common.domain.ModelSpec.Fill;
import dev.stemfleet.common.domain.ModelSpec.Segments;
import dev.stemfleet.common.domain.ModelSpec.TrackNormalisation;
import dev.stemfleet.common.domain.ModelSpec.Treatment;
import dev.stemfleet.common.domain.ModelSpec.Window;
import dev.stemfleet.common.domain.Progress;
import dev.stemfleet.common.domain.Stem;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a definition asks to be done around its networks: shifts, borders, batches, consistency,
/// members of a bag.
class TreatmentTest {
  private static final EnumSet<Stem> FOUR =
      EnumSet.of(Stem.ACAPELLA, Stem.DRUMS, Stem.BASS, Stem.MELODY);
  private static final List<List<String>> ONE_FILE = List.of(List.of());

  @ParameterizedTest
  @CsvSource({"TRIANGLE, 750", "FADE, 900", "FLAT, 1000", "HANN, 500", "HANN, 1000", "FLAT, 100"})
  void shiftedPassesAreAveragedWithoutSeams(Window window, int stride) {
    System.out.println("seed " + TestMix.SEED);
    Treatment treatment = new Treatment(TrackNormalisation.NONE, 3, false);
    for (int length : List.of(1, 17, 999, 1000, 1001, 2500)) {
      float[][] mix = TestMix.noise(length);
      FakeNetworks model = waveform(new Segments(1000, stride, window), treatment);

      Collected stems = separate(model, mix, FOUR);

      assertThat(TestMix.decibels(mix, 0.2, stems.stem(Stem.ACAPELLA), 0, length))
          .isGreaterThan(120);
      assertThat(TestMix.decibels(mix, 0.3, stems.stem(Stem.MELODY), 0, length)).isGreaterThan(120);
    }
  }

  @Test
  void whatANetworkAddsToSilenceGoesAwayWhenItHearsTheMixUpsideDownAsWell() {
    // Given a network that adds something of its own
    System.out.println("seed " + TestMix.SEED);
    ModelLayout layout = new ModelLayout.MdxNet(2048, 9, List.of(new MdxNetwork(6144, 1)));
    Segments segments = new Segments(8192, 6144, Window.TRIANGLE);
    Treatment denoise = new Treatment(TrackNormalisation.NONE, 0, false, true);
    FakeNetworks plain =
        new FakeNetworks(
            LayoutCase.spec(layout, List.of("vocals"), ONE_FILE, segments, denoise), 0.5f);
    SegmentModel noisy = new NoisyModel(plain);
    float[][] mix = TestMix.tones(30_000, segments, 0);

    // When
    Collected stems = separate(noisy, mix, EnumSet.of(Stem.ACAPELLA));
    Collected silent = separate(noisy, new float[2][30_000], EnumSet.of(Stem.ACAPELLA));

    // Then
    assertThat(TestMix.decibels(mix, 0.5, stems.stem(Stem.ACAPELLA), 0, 30_000)).isGreaterThan(120);
    assertThat(silent.stem(Stem.ACAPELLA)[0]).containsOnly(0);
    assertThat(plain.runs()).isEqualTo(4 * 5);
  }

  @Test
  void shiftsComeFromTheSound() {
    ModelSpec spec =
        waveform(
                new Segments(44_100, 33_075, Window.TRIANGLE),
                new Treatment(TrackNormalisation.NONE, 5, false))
            .spec();

    List<Integer> shifts = Shifts.of(spec, new TrackLevel(0.001, 0.2));

    assertThat(shifts).hasSize(5).allSatisfy(shift -> assertThat(shift).isBetween(1, 22_050));
    assertThat(shifts)
        .doesNotHaveDuplicates()
        .isEqualTo(Shifts.of(spec, new TrackLevel(0.001, 0.2)));
    assertThat(shifts).isNotEqualTo(Shifts.of(spec, new TrackLevel(0.001, 0.21)));
  }

  @Test
  void theSameTrackGivesTheSameStems() {
    System.out.println("seed " + TestMix.SEED);
    float[][] mix = TestMix.noise(70_001);
    LayoutCase layout = LayoutCase.all().get(1);
    Treatment treatment = new Treatment(TrackNormalisation.MONO_MEAN_DEVIATION, 2, true);

    Collected once =
        separate(new FakeNetworks(layout.spec(treatment), LayoutCase.GAINS), mix, FOUR);
    Collected twice =
        separate(new FakeNetworks(layout.spec(treatment), LayoutCase.GAINS), mix, FOUR);

    for (Stem stem : FOUR) {
      assertThat(twice.stem(stem)[0]).isEqualTo(once.stem(stem)[0]);
      assertThat(twice.stem(stem)[1]).isEqualTo(once.stem(stem)[1]);
    }
  }

  @Test
  void shiftsNeedNoMoreMemoryForALongTrack() {
    long length = 300L * 44_100;
    SilentTrack track = new SilentTrack(length);
    Treatment treatment = new Treatment(TrackNormalisation.NONE, 2, false);
    Segments segments =
        new Segments(44_100, 33_075, Window.TRIANGLE, 0, new Border(11_025, Fill.REFLECTION), 2);

    Separated separated =
        new Separator(Runnable::run)
            .separate(
                track,
                waveform(segments, treatment),
                new SeparationOrder(Set.of(Stem.BASS), length, TrackLevel.UNIT),
                track,
                Progress.NONE);

    // Three rounds of two segments, a border and the pieces of the source.
    assertThat(separated.samples()).isEqualTo(length);
    assertThat(track.written()).isEqualTo(length);
    assertThat(track.mostHeld()).isLessThan(7 * 44_100);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 64})
  void aBatchIsSeparatedAsItsSegmentsAre(int batch) {
    float[][] mix = TestMix.noise(7919);
    Segments single = new Segments(1000, 750, Window.TRIANGLE);
    Segments several = new Segments(1000, 750, Window.TRIANGLE, 250, Border.NONE, batch);
    FakeNetworks model = waveform(several, Treatment.NONE);

    Collected alone = separate(waveform(single, Treatment.NONE), mix, FOUR);
    Collected together = separate(model, mix, FOUR);

    assertThat(together.stem(Stem.BASS)[1]).isEqualTo(alone.stem(Stem.BASS)[1]);
    assertThat(model.runs()).isEqualTo(Math.ceilDiv(11, batch));
  }

  @Test
  void consistentStemsAddUpToTheMix() {
    System.out.println("seed " + TestMix.SEED);
    float[][] mix = TestMix.noise(5000);
    Treatment treatment = new Treatment(TrackNormalisation.NONE, 0, true);
    ModelSpec spec =
        LayoutCase.spec(
            new ModelLayout.Waveform(),
            LayoutCase.STEMS,
            ONE_FILE,
            new Segments(1000, 750, Window.TRIANGLE),
            treatment);

    Collected stems = separate(new FakeNetworks(spec, 0.1f, 0.2f, 0.2f, 0.1f), mix, FOUR);

    assertThat(TestMix.decibels(mix, 0.2, stems.stem(Stem.ACAPELLA), 0, 5000)).isGreaterThan(120);
    assertThat(Sdr.consistency(mix, FOUR.stream().map(stems::stem).toList())).isGreaterThan(120);
  }

  @Test
  void onlyTheMembersOfABagRunThatGiveWhatIsWanted() {
    Segments segments = new Segments(1000, 750, Window.TRIANGLE);
    List<List<String>> bag = LayoutCase.STEMS.stream().map(List::of).toList();
    float[][] mix = TestMix.noise(1500);

    assertThat(ran(bag, segments, Treatment.NONE, Set.of(Stem.ACAPELLA), mix)).containsExactly(0);
    assertThat(ran(bag, segments, Treatment.NONE, Set.of(Stem.INSTRUMENTAL, Stem.BASS), mix))
        .containsExactlyInAnyOrder(0, 2);
    Treatment consistent = new Treatment(TrackNormalisation.NONE, 0, true);
    assertThat(ran(bag, segments, consistent, Set.of(Stem.ACAPELLA), mix)).hasSize(4);
  }

  @Test
  void masksNeedEveryNetwork() {
    for (LayoutCase layout : LayoutCase.all()) {
      boolean shares =
          layout.layout() instanceof ModelLayout.OpenUnmix
              || layout.layout() instanceof ModelLayout.Spleeter;
      if (shares) {
        FakeNetworks model = new FakeNetworks(layout.spec(Treatment.NONE), LayoutCase.GAINS);
        float[][] mix = TestMix.noise(9000);

        Collected stems = separate(model, mix, Set.of(Stem.DRUMS));

        assertThat(model.ran()).hasSize(4);
        assertThat(stems.all()).containsOnlyKeys(Stem.DRUMS);
      }
    }
  }

  private static Set<Integer> ran(
      List<List<String>> bag,
      Segments segments,
      Treatment treatment,
      Set<Stem> wanted,
      float[][] mix) {
    ModelSpec spec =
        LayoutCase.spec(new ModelLayout.Waveform(), LayoutCase.STEMS, bag, segments, treatment);
    FakeNetworks model = new FakeNetworks(spec, LayoutCase.GAINS);
    separate(model, mix, wanted);
    return model.ran();
  }

  private static FakeNetworks waveform(Segments segments, Treatment treatment) {
    return new FakeNetworks(
        LayoutCase.spec(
            new ModelLayout.Waveform(), LayoutCase.STEMS, ONE_FILE, segments, treatment),
        LayoutCase.GAINS);
  }

  private static Collected separate(SegmentModel model, float[][] mix, Set<Stem> wanted) {
    TrackLevel.Meter meter = new TrackLevel.Meter();
    meter.add(mix[0], mix[1], mix[0].length);
    Collected stems = new Collected();
    Separated separated =
        new Separator(Runnable::run)
            .separate(
                new ArraySource(mix, 701),
                model,
                new SeparationOrder(wanted, mix[0].length, meter.level()),
                stems,
                Progress.NONE);
    assertThat(separated.samples()).isEqualTo(mix[0].length);
    return stems;
  }
}
