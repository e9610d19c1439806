package dev.stemfleet.worker.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stemfleet.fixture.TestSound;
import dev.stemfleet.worker.separation.SdrMeter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdealMaskTest {
  @Test
  void tonesFarApartArePartedWell() {
    float[][] low = tone(220);
    float[][] high = tone(3520);

    List<SdrMeter> meters = masked(sum(low, high), List.of(low, high), 4096);

    assertThat(meters).allSatisfy(meter -> assertThat(meter.song()).isGreaterThan(30));
  }

  @Test
  void equalStemsAreTheirSumShared() {
    float[][] one = tone(440);
    float[][] other = tone(440);

    List<SdrMeter> meters = masked(sum(one, other), List.of(one, other), 1000);

    assertThat(meters).allSatisfy(meter -> assertThat(meter.song()).isGreaterThan(60));
  }

  @Test
  void theWholeSongIsComparedWhateverTheBlocks() {
    // Given a click at the very end: a mask of one is the mix itself
    float[][] truth = new float[2][3001];
    truth[0][3000] = 0.5f;
    truth[1][0] = 0.5f;
    float[][] nothing = new float[2][3001];

    for (int block : new int[] {1, 700, 1024, 3001}) {
      List<SdrMeter> meters = masked(truth, List.of(truth, nothing), block);

      assertThat(meters.getFirst().song()).as("blocks of %d", block).isGreaterThan(60);
      assertThat(meters.getLast().song()).isCloseTo(0, within(1e-9));
      assertThat(meters.getLast().truthIsSilent()).isTrue();
    }
  }

  private static List<SdrMeter> masked(float[][] mix, List<float[][]> stems, int block) {
    List<SdrMeter> meters = stems.stream().map(_ -> new SdrMeter(44_100)).toList();
    IdealMask mask = new IdealMask(meters);
    for (int from = 0; from < mix[0].length; from += block) {
      int start = from;
      int end = Math.min(mix[0].length, from + block);
      mask.add(
          part(mix, start, end),
          stems.stream().map(stem -> part(stem, start, end)).toList(),
          end - start);
    }
    mask.finish();
    return meters;
  }

  private static float[][] part(float[][] signal, int from, int to) {
    return new float[][] {
      Arrays.copyOfRange(signal[0], from, to), Arrays.copyOfRange(signal[1], from, to)
    };
  }

  private static float[][] tone(double hz) {
    TestSound tone = TestSound.tone(1.3, hz, 0.4);
    return new float[][] {tone.left(), tone.right()};
  }

  private static float[][] sum(float[][] one, float[][] other) {
    float[][] sum = new float[2][one[0].length];
    for (int channel = 0; channel < 2; channel++) {
      for (int i = 0; i < sum[0].length; i++) {
        sum[channel][i] = one[channel][i] + other[channel][i];
      }
    }
    return sum;
  }
}
