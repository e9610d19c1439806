package dev.stemfleet.worker.audio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.domain.speech.Pauses;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SpokenLineTest {
  private static final int RATE_HZ = 24_000;

  @Test
  void partsAndPausesFollowEachOtherToTheSample() {
    SpokenLine line = line(new Pauses(0.30, 0.80, 0), 10_000, 12_345, 7);

    float[] all = written(line);

    // The second part ends a paragraph.
    assertThat(line.samples()).isEqualTo(10_000 + 7_200 + 12_345 + 19_200 + 7);
    assertThat(all).hasSize((int) line.samples());
    assertThat(stretches(all)).containsExactly(10_000, 7_200, 12_345, 19_200, 7);
    assertThat(written(line)).as("a second time").isEqualTo(all);
  }

  @Test
  void withoutPausesPartsMayOverlap() {
    SpokenLine line = line(new Pauses(0, 0.80, 0.01), 1_000, 1_000, 1_000);

    float[] all = written(line);

    assertThat(all).hasSize(1_000 - 240 + 1_000 + 19_200 + 1_000);
    assertThat(all[500]).isEqualTo(1);
    assertThat(all[760 + 120]).as("one fades out, one in").isBetween(1.4f, 1.6f);
    assertThat(all[1_200]).isEqualTo(2);
  }

  @Test
  void overlapsNeverReachAcrossAPart() {
    SpokenLine line = line(new Pauses(0, 0, 1), 1_000, 10, 1_000);

    assertThat(line.samples()).isEqualTo(1_000 - 5 + 10 - 5 + 1_000);
    assertThat(written(line)).hasSize((int) line.samples());
  }

  @Test
  void oneLongPartIsWrittenInBlocks() {
    assertThat(written(line(Pauses.USUAL, 100_000))).hasSize(100_000).containsOnly(1f);
  }

  /// Parts of 1s, 2s, 3s…; the second ends a paragraph.
  private static SpokenLine line(Pauses pauses, int... lengths) {
    return new SpokenLine(
        new SpokenParts() {
          @Override
          public int count() {
            return lengths.length;
          }

          @Override
          public int length(int part) {
            return lengths[part];
          }

          @Override
          public float[] samples(int part) {
            float[] samples = new float[lengths[part]];
            java.util.Arrays.fill(samples, part + 1);
            return samples;
          }

          @Override
          public boolean paragraph(int part) {
            return part == 1;
          }
        },
        pauses,
        RATE_HZ);
  }

  private static float[] written(SpokenLine line) {
    float[] all = new float[(int) line.samples() + 1];
    int[] at = {0};
    line.into(
        (mono, count) -> {
          System.arraycopy(mono, 0, all, at[0], count);
          at[0] += count;
        });
    return java.util.Arrays.copyOf(all, at[0]);
  }

  /// Lengths of the stretches with the same value.
  private static List<Integer> stretches(float[] samples) {
    List<Integer> lengths = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= samples.length; i++) {
      if (i == samples.length || samples[i] != samples[from]) {
        lengths.add(i - from);
        from = i;
      }
    }
    return lengths;
  }
}
