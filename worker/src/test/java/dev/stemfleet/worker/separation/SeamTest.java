package dev.stemfleet.worker.separation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.domain.ModelSpec.Segments;
import dev.stemfleet.common.domain.ModelSpec.Window;
import dev.stemfleet.common.domain.Progress;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.worker.job.ResidentSegments;
import dev.stemfleet.worker.model.Device;
import dev.stemfleet.worker.model.ModelCache;
import dev.stemfleet.worker.model.StubModel;
import dev.stemfleet.worker.model.graph.StubGraphs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Nothing is lost, shifted or heard twice where segments meet: a real network that multiplies by a
/// gain per stem must give the mix times that gain, whatever the length.
class SeamTest {
  private static final int SEGMENT = 1000;
  private static final long SEED = 20260301;
  private static final EnumSet<Stem> MUSIC =
      EnumSet.of(Stem.ACAPELLA, Stem.DRUMS, Stem.BASS, Stem.MELODY, Stem.INSTRUMENTAL);

  @TempDir private Path folder;

  @ParameterizedTest(name = "{0}, stride {1}")
  @CsvSource({"TRIANGLE, 750", "FADE, 900", "FLAT, 1000", "FADE, 1000", "FLAT, 333"})
  void theMixComesBackWithoutSeams(Window window, int stride) throws IOException {
    System.out.println("seed " + SEED);
    byte[] graph = StubGraphs.gains(SEGMENT, 0.1f, 0.2f, 0.3f, 0.4f);
    Segments segments = new Segments(SEGMENT, stride, window);
    CatalogModel model = StubModel.in(folder, graph, StubModel.STEMS, segments);
    try (ModelCache cache = new ModelCache(new Device.Cpu(), 1, InstantSource.system())) {
      SegmentModel resident = new ResidentSegments(cache.get(model));
      for (int length :
          List.of(1, 2, 37, 499, 500, 999, 1000, 1001, 1749, 1750, 1751, 2000, 2500, 7919)) {
        check(resident, length, stride);
      }
    }
  }

  private static void check(SegmentModel model, int length, int stride) {
    // Given
    float[][] mix = noise(length);
    Collected stems = new Collected();
    SeparationOrder order = new SeparationOrder(MUSIC, length, TrackLevel.UNIT);

    // When
    Separated separated =
        new Separator(Runnable::run)
            .separate(new ArraySource(mix, 77), model, order, stems, Progress.NONE);

    // Then
    assertThat(separated.samples()).isEqualTo(length);
    assertThat(separated.segments())
        .isEqualTo(1 + Math.ceilDiv(Math.max(0, length - SEGMENT), stride));
    assertThat(stems.all()).containsOnlyKeys(MUSIC);
    // Stub order: drums, bass, other, vocals.
    assertSame(stems.stem(Stem.DRUMS), mix, 0.1);
    assertSame(stems.stem(Stem.BASS), mix, 0.2);
    assertSame(stems.stem(Stem.MELODY), mix, 0.3);
    assertSame(stems.stem(Stem.ACAPELLA), mix, 0.4);
    assertSame(stems.stem(Stem.INSTRUMENTAL), mix, 0.6);
    float[][] both = {
      sum(stems.stem(Stem.ACAPELLA)[0], stems.stem(Stem.INSTRUMENTAL)[0]),
      sum(stems.stem(Stem.ACAPELLA)[1], stems.stem(Stem.INSTRUMENTAL)[1])
    };
    assertSame(both, mix, 1);
  }

  private static void assertSame(float[][] stem, float[][] mix, double gain) {
    assertThat(stem[0]).hasSameSizeAs(mix[0]);
    float[][] expected = new float[2][mix[0].length];
    for (int channel = 0; channel < 2; channel++) {
      for (int i = 0; i < mix[0].length; i++) {
        expected[channel][i] = (float) (gain * mix[channel][i]);
      }
    }
    assertThat(Sdr.consistency(expected, List.<float[][]>of(stem)))
        .as("decibels above the error, %d samples", mix[0].length)
        .isGreaterThan(120);
  }

  private static float[] sum(float[] one, float[] other) {
    float[] sum = new float[one.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = one[i] + other[i];
    }
    return sum;
  }

  private static float[][] noise(int length) {
    Random random = new Random(SEED);
    float[][] noise = new float[2][length];
    for (int i = 0; i < length; i++) {
      noise[0][i] = (float) (0.3 * random.nextGaussian());
      noise[1][i] = (float) (0.3 * random.nextGaussian());
    }
    return noise;
  }
}
