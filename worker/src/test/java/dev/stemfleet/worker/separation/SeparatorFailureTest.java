package dev.stemfleet.worker.separation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stemfleet.common.domain.ModelSpec.Segments;
import dev.stemfleet.common.domain.ModelSpec.Window;
import dev.stemfleet.common.domain.Progress;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whatever breaks while a track is separated, it ends soon, with that failure, and nothing comes
/// afterwards.
class SeparatorFailureTest {
  private static final Segments SEGMENTS = new Segments(1000, 800, Window.FADE);
  private static final List<String> FOUR = List.of("drums", "bass", "other", "vocals");

  private final ExecutorService encoders = Executors.newFixedThreadPool(2);
  private final Separator separator = new Separator(encoders);

  @AfterEach
  void stopEncoders() {
    encoders.shutdownNow();
  }

  @Test
  @Timeout(20)
  void aSinkThatFailsEndsItSoonAndNothingIsWrittenAfterwards() {
    // Given
    JobException full = new JobException(FailureCode.DISK_FULL, "no room");
    AtomicInteger calls = new AtomicInteger();
    StemSink failing =
        (stem, left, right, count) -> {
          if (calls.incrementAndGet() == 5) {
            throw full;
          }
        };
    FakeModel model = model(FOUR);

    // When
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(
            () ->
                separator.separate(
                    ArraySource.ramp(1_000_000),
                    model,
                    order(EnumSet.of(Stem.BASS, Stem.DRUMS), 1_000_000),
                    failing,
                    Progress.NONE))
        .isSameAs(full);

    // Then
    int after = calls.get();
    assertThat(model.runs()).isLessThan(10);
    encoders.shutdown();
    assertThat(calls).hasValue(after);
  }

  @Test
  @Timeout(20)
  void aSourceModelOrProgressThatFailsEndsItAndTheSinksAreLeftAlone() {
    IllegalStateException failure = new IllegalStateException("broken");
    AtomicInteger reads = new AtomicInteger();
    MixSource source =
        (left, right) -> {
          if (reads.incrementAndGet() == 3) {
            throw failure;
          }
          return left.length;
        };
    FakeModel model =
        new FakeModel(
            FOUR,
            SEGMENTS,
            () -> {
              throw failure;
            });
    Progress cancelled =
        fraction -> {
          if (fraction > 0.1) {
            throw failure;
          }
        };

    assertEndsWith(failure, source, model(FOUR), Progress.NONE);
    assertEndsWith(failure, ArraySource.ramp(9000), model, Progress.NONE);
    assertEndsWith(failure, ArraySource.ramp(9000), model(FOUR), cancelled);
  }

  @Test
  void valuesThatAreNoNumbersNeverReachASink() {
    FakeModel model = model(FOUR);
    float[][] poisoned = new float[2][3000];
    poisoned[1][2500] = Float.NaN;
    AtomicInteger bad = new AtomicInteger();
    StemSink sink =
        (stem, left, right, count) -> {
          for (int i = 0; i < count; i++) {
            bad.addAndGet(Float.isFinite(right[i]) ? 0 : 1);
          }
        };

    assertThatExceptionOfType(JobException.class)
        .isThrownBy(
            () ->
                separator.separate(
                    new ArraySource(poisoned, 500),
                    model,
                    order(Set.of(Stem.DRUMS), 3000),
                    sink,
                    Progress.NONE))
        .withMessageContaining("drums holds values that are no numbers")
        .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.SOUND_CHECK_FAILED));
    assertThat(bad).hasValue(0);
  }

  private void assertEndsWith(
      Exception failure, MixSource source, FakeModel model, Progress progress) {
    AtomicInteger calls = new AtomicInteger();
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                separator.separate(
                    source,
                    model,
                    order(Set.of(Stem.BASS), 9000),
                    (stem, left, right, count) -> calls.incrementAndGet(),
                    progress))
        .isSameAs(failure);
    assertThat(calls.get()).isLessThan(30);
  }

  private static FakeModel model(List<String> stems) {
    return new FakeModel(stems, SEGMENTS, () -> {});
  }

  private static SeparationOrder order(Set<Stem> stems, long length) {
    return new SeparationOrder(stems, length, TrackLevel.UNIT);
  }
}
