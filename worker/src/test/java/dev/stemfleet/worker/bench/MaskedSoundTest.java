package dev.stemfleet.worker.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stemfleet.fixture.TestSound;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedSoundTest {
  private static final TestSound SONG = TestSound.song(3, 0.8, 17);

  @Test
  void anExactCopyHasNoNoise() {
    CoderQuality quality = compared(SONG, SONG);

    assertThat(quality.meanNmrDb()).isEqualTo(-100);
    assertThat(quality.worstNmrDb()).isEqualTo(-100);
    assertThat(quality.snrDb()).isEqualTo(140);
  }

  @Test
  void noiseTenDecibelsLouderIsTenDecibelsMore() {
    CoderQuality soft = compared(SONG, with(SONG, 0.001));
    CoderQuality loud = compared(SONG, with(SONG, 0.001 * Math.sqrt(10)));

    assertThat(loud.meanNmrDb() - soft.meanNmrDb()).isCloseTo(10, within(0.1));
    assertThat(loud.worstNmrDb() - soft.worstNmrDb()).isCloseTo(10, within(0.1));
    assertThat(soft.snrDb() - loud.snrDb()).isCloseTo(10, within(0.1));
  }

  @Test
  void theSameNoiseIsHeardBesideAToneAndHiddenByNoise() {
    TestSound hiss = with(TestSound.silence(3), 0.1);
    TestSound tone = TestSound.tone(3, 1000, 0.1);

    assertThat(compared(hiss, with(hiss, 0.001)).worstNmrDb()).isLessThan(-20);
    assertThat(compared(tone, with(tone, 0.001)).worstNmrDb()).isGreaterThan(10);
  }

  @Test
  void noiseAtTheSidesOfSoundInTheMiddleIsUnmasked() {
    // Soft noise below 3 kHz that fills its band, the same on both sides
    float[] bursts = TestSound.bursts(3, 31).left();
    TestSound middle = new TestSound(bursts, bursts.clone());
    TestSound noise = TestSound.bursts(3, 32).times(0.03);

    CoderQuality apart = compared(middle, plus(middle, noise.left(), noise.right()));
    CoderQuality together = compared(middle, plus(middle, noise.left(), noise.left()));

    assertThat(apart.worstNmrDb()).isGreaterThan(together.worstNmrDb() + 3);
    assertThat(apart.snrDb()).isCloseTo(together.snrDb(), within(1.0));
  }

  @Test
  void noiseBeforeAnAttackIsPreEcho() {
    TestSound stroke = TestSound.silence(0.5).then(TestSound.bursts(0.5, 3));
    TestSound before = stroke.part(0, stroke.samples());
    TestSound after = stroke.part(0, stroke.samples());
    for (int i = 0; i < 100; i++) {
      before.left()[22_050 - 150 + i] += 0.01f;
      after.left()[22_050 + 500 + i] += 0.01f;
    }

    assertThat(compared(stroke, before).preEchoDb()).isBetween(-60.0, -20.0);
    assertThat(compared(stroke, after).preEchoDb()).isLessThan(-100);
    assertThat(compared(SONG.part(40_000, 44_000), SONG.part(40_000, 44_000)).preEchoDb()).isNaN();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 77, 511, 1023})
  void theSpectrumIsThatOfItsDefinition(int bin) {
    float[] sine = new float[Spectrum.SIZE];
    float[] cosine = new float[Spectrum.SIZE];
    for (int i = 0; i < Spectrum.SIZE; i++) {
      sine[i] = (float) Math.sin(2 * Math.PI * bin * i / Spectrum.SIZE);
      cosine[i] = (float) (0.5 * Math.cos(2 * Math.PI * 300 * i / Spectrum.SIZE));
    }
    double[] one = new double[Spectrum.SIZE / 2];
    double[] other = new double[Spectrum.SIZE / 2];

    new Spectrum().powers(sine, cosine, 0, one, other);

    // A Hann window spreads a sine over three bins, the outer ones at a half of the amplitude;
    // at either end they fall together with their mirror images
    boolean inside = bin > 1 && bin < Spectrum.SIZE / 2 - 1;
    assertThat(one[bin]).isCloseTo(1, within(1e-6));
    assertThat(one[bin - 1]).isCloseTo(bin > 1 ? 0.25 : 0, within(1e-6));
    assertThat(inside ? one[bin + 1] : 0.25).isCloseTo(0.25, within(1e-6));
    assertThat(other[300]).isCloseTo(0.25, within(1e-6));
    assertThat(other[500]).isCloseTo(0, within(1e-9));
    assertThat(one[800]).isCloseTo(0, within(1e-9));
  }

  private static CoderQuality compared(TestSound sound, TestSound coded) {
    return MaskedSound.of(sound.left(), sound.right()).compared(coded.left(), coded.right());
  }

  private static TestSound with(TestSound sound, double level) {
    long seed = 5;
    Random random = new Random(seed);
    float[] noise = new float[sound.samples()];
    float[] other = new float[sound.samples()];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) (level * random.nextGaussian());
      other[i] = (float) (level * random.nextGaussian());
    }
    return plus(sound, noise, other);
  }

  private static TestSound plus(TestSound sound, float[] left, float[] right) {
    TestSound sum = sound.part(0, sound.samples());
    for (int i = 0; i < sum.samples(); i++) {
      sum.left()[i] += left[i];
      sum.right()[i] += right[i];
    }
    return sum;
  }
}
