package dev.stemfleet.worker.separation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.domain.ModelSpec.TrackNormalisation;
import dev.stemfleet.common.domain.ModelSpec.Treatment;
import dev.stemfleet.common.domain.Progress;
import dev.stemfleet.common.domain.Stem;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Both channels are treated alike, so is either polarity, and nothing is made of nothing.
class LayoutSymmetryTest {
  private static final EnumSet<Stem> MUSIC =
      EnumSet.of(Stem.ACAPELLA, Stem.DRUMS, Stem.BASS, Stem.MELODY, Stem.INSTRUMENTAL);

  static List<LayoutCase> layouts() {
    return LayoutCase.all();
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void aMixWithItsSidesExchangedGivesStemsWithTheirSidesExchanged(LayoutCase layout) {
    System.out.println("seed " + TestMix.SEED);
    float[][] mix = TestMix.noise(length(layout));

    Collected plain = separate(layout, Treatment.NONE, mix);
    Collected exchanged = separate(layout, Treatment.NONE, new float[][] {mix[1], mix[0]});

    for (Stem stem : MUSIC) {
      float[][] expected = {plain.stem(stem)[1], plain.stem(stem)[0]};
      assertClose(expected, exchanged.stem(stem), 1, mix);
    }
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void aMixUpsideDownGivesStemsUpsideDown(LayoutCase layout) {
    System.out.println("seed " + TestMix.SEED);
    float[][] mix = TestMix.noise(length(layout));
    float[][] turned = new float[2][mix[0].length];
    for (int channel = 0; channel < 2; channel++) {
      for (int i = 0; i < mix[0].length; i++) {
        turned[channel][i] = -mix[channel][i];
      }
    }

    Collected plain = separate(layout, Treatment.NONE, mix);
    Collected other = separate(layout, Treatment.NONE, turned);

    MUSIC.forEach(stem -> assertClose(plain.stem(stem), other.stem(stem), -1, mix));
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void silenceStaysSilence(LayoutCase layout) {
    Treatment treatment = new Treatment(TrackNormalisation.MONO_MEAN_DEVIATION, 1, true);

    Collected stems = separate(layout, treatment, new float[2][length(layout)]);

    for (Stem stem : MUSIC) {
      assertThat(stems.stem(stem)[0]).containsOnly(0f).hasSize(length(layout));
      assertThat(stems.stem(stem)[1]).containsOnly(0f);
    }
  }

  private static int length(LayoutCase layout) {
    return layout.segments().samples() + layout.segments().strideSamples() / 2;
  }

  private static Collected separate(LayoutCase layout, Treatment treatment, float[][] mix) {
    TrackLevel.Meter meter = new TrackLevel.Meter();
    meter.add(mix[0], mix[1], mix[0].length);
    Collected stems = new Collected();
    new Separator(Runnable::run)
        .separate(
            new ArraySource(mix, 4096),
            new FakeNetworks(layout.spec(treatment), LayoutCase.GAINS),
            new SeparationOrder(MUSIC, mix[0].length, meter.level()),
            stems,
            Progress.NONE);
    return stems;
  }

  /// The difference lies 120 dB below the mix.
  private static void assertClose(float[][] expected, float[][] stem, double gain, float[][] mix) {
    double signal = 0;
    double error = 0;
    for (int channel = 0; channel < 2; channel++) {
      for (int i = 0; i < mix[0].length; i++) {
        signal += Math.pow(mix[channel][i], 2);
        error += Math.pow(gain * expected[channel][i] - stem[channel][i], 2);
      }
    }
    assertThat(10 * Math.log10(signal / error)).as("decibels").isGreaterThan(120);
  }
}
