package dev.stemfleet.worker.separation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.stemfleet.common.domain.ModelSpec.Segments;
import dev.stemfleet.common.domain.ModelSpec.TrackNormalisation;
import dev.stemfleet.common.domain.ModelSpec.Window;
import dev.stemfleet.common.domain.Progress;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SeparatorTest {
  private static final Segments SEGMENTS = new Segments(1000, 800, Window.FADE);
  private static final List<String> FOUR = List.of("drums", "bass", "other", "vocals");

  private final ExecutorService encoders = Executors.newFixedThreadPool(2);
  private final Separator separator = new Separator(encoders);

  @AfterEach
  void stopEncoders() {
    encoders.shutdownNow();
  }

  @Test
  void onlyWantedStemsAreMade() {
    Collected stems = new Collected();

    separator.separate(
        ArraySource.ramp(3000), model(FOUR), order(Set.of(Stem.BASS), 3000), stems, Progress.NONE);

    assertThat(stems.all()).containsOnlyKeys(Stem.BASS);
  }

  @Test
  void melodyIsEverythingThatIsNeitherVoiceNorDrumsNorBass() {
    Collected stems = new Collected();
    List<String> six = List.of("drums", "bass", "other", "vocals", "guitar", "piano");

    separator.separate(
        ArraySource.ramp(1000), model(six), order(Set.of(Stem.MELODY), 1000), stems, Progress.NONE);

    assertThat(stems.stem(Stem.MELODY)[0][999])
        .isCloseTo(0.5f * ArraySource.rampAt(999), within(1e-6f));
  }

  @Test
  void aStemThatTheModelDoesNotGiveIsRefusedBeforeAnythingIsRead() {
    MixSource unread =
        (left, right) -> {
          throw new AssertionError("read");
        };

    assertThatExceptionOfType(JobException.class)
        .isThrownBy(
            () ->
                separator.separate(
                    unread,
                    model(List.of("vocals", "other")),
                    order(Set.of(Stem.DRUMS), 0),
                    new Collected(),
                    Progress.NONE))
        .withMessage("model stub gives no drums (it gives vocals, other)")
        .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.MODEL_UNKNOWN));
  }

  @Test
  void anEmptyMixGivesNothing() {
    Collected stems = new Collected();

    Separated separated =
        separator.separate(
            ArraySource.ramp(0), model(FOUR), order(Set.of(Stem.BASS), 0), stems, Progress.NONE);

    assertThat(separated.samples()).isZero();
    assertThat(separated.segments()).isZero();
    assertThat(stems.all()).isEmpty();
  }

  @Test
  void progressGrowsFromNothingToDone() {
    List<Double> told = new ArrayList<>();

    separator.separate(
        ArraySource.ramp(5000),
        model(FOUR),
        order(Set.of(Stem.BASS), 5000),
        new Collected(),
        told::add);

    assertThat(told).isSorted().startsWith(0.0).endsWith(1.0).hasSizeGreaterThan(5);
  }

  @Test
  void aLongTrackNeedsNoMoreMemoryThanAShortOne() {
    // Given a track of ten minutes and a count of samples that were read but not yet written
    long length = 600L * 44_100;
    SilentTrack track = new SilentTrack(length);
    Segments segments = new Segments(44_100, 33_075, Window.TRIANGLE);

    // When
    Separated separated =
        separator.separate(
            track,
            new FakeModel(FOUR, segments, SeparatorTest::nothing),
            order(Set.of(Stem.BASS), length),
            track,
            Progress.NONE);

    // Then: a segment, two blocks with the sinks, one piece from the source
    assertThat(separated.samples()).isEqualTo(length);
    assertThat(track.written()).isEqualTo(length);
    assertThat(track.mostHeld()).isLessThanOrEqualTo(44_100 + 2 * 33_075 + 8192);
  }

  @Test
  @Timeout(20)
  void theNextSegmentIsRunWhileTheSinksWorkOnTheLast() {
    CountDownLatch secondRun = new CountDownLatch(2);
    FakeModel model = new FakeModel(FOUR, SEGMENTS, secondRun::countDown);
    StemSink slow = (stem, left, right, count) -> await(secondRun);

    separator.separate(
        ArraySource.ramp(5000),
        model,
        order(Set.of(Stem.BASS, Stem.DRUMS), 5000),
        slow,
        Progress.NONE);

    assertThat(model.runs()).isEqualTo(6);
  }

  @Test
  void aModelThatWantsANormalisedTrackGetsOneAndItIsUndone() {
    // Given
    float[][] mix = {new float[4000], new float[4000]};
    for (int i = 0; i < 4000; i++) {
      mix[0][i] = 0.25f + 0.1f * (float) Math.sin(0.01 * i);
      mix[1][i] = 0.25f - 0.05f * (float) Math.sin(0.02 * i);
    }
    TrackLevel.Meter meter = new TrackLevel.Meter();
    meter.add(mix[0], mix[1], 4000);
    List<Float> seen = new ArrayList<>();
    FakeModel[] model = new FakeModel[1];
    model[0] =
        new FakeModel(
            List.of("vocals"),
            SEGMENTS,
            TrackNormalisation.MONO_MEAN_DEVIATION,
            () -> {
              float[] first = new float[1];
              model[0].ran().inputs(0).getFirst().get(0, first, 0, 1);
              seen.add(first[0]);
            });
    Collected stems = new Collected();

    // When
    separator.separate(
        new ArraySource(mix, 1000),
        model[0],
        new SeparationOrder(Set.of(Stem.ACAPELLA), 4000, meter.level()),
        stems,
        Progress.NONE);

    // Then
    TrackLevel level = meter.level();
    assertThat(seen.getFirst())
        .isCloseTo((float) ((mix[0][0] - level.mean()) / level.deviation()), within(1e-4f));
    assertThat(Sdr.consistency(mix, List.<float[][]>of(stems.stem(Stem.ACAPELLA))))
        .isGreaterThan(120);
  }

  private static FakeModel model(List<String> stems) {
    return new FakeModel(stems, SEGMENTS, SeparatorTest::nothing);
  }

  private static void nothing() {}

  private static SeparationOrder order(Set<Stem> stems, long length) {
    return new SeparationOrder(stems, length, TrackLevel.UNIT);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
