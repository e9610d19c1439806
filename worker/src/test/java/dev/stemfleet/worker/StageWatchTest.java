package dev.stemfleet.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.message.Job;
import dev.stemfleet.fixture.Jobs;
import dev.stemfleet.worker.job.JobOutcome;
import dev.stemfleet.worker.job.Lease;
import dev.stemfleet.worker.job.Reporter;
import dev.stemfleet.worker.job.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Jobs whose stages take as long as the test says, by a clock of its own.
final class StageWatchTest {
  private static final Job JOB = Jobs.job("friday", "main");
  private static final double SECONDS = JOB.track().seconds();

  private final List<Integer> ends = new ArrayList<>();
  private long now;

  @Test
  void aStageMayTakeAsLongAsItsTrackAllows() {
    run(
        reporter -> {
          reporter.progress(JOB, Stage.PLACE, 0);
          pass(Stage.PLACE.deadline(SECONDS));
          reporter.stageEnded(JOB, Stage.PLACE, 1);
        });
    assertThat(ends).isEmpty();
    assertThat(Stage.SEPARATE.deadline(600)).isGreaterThan(Stage.SEPARATE.deadline(10));
  }

  @Test
  void aStuckStageEndsTheProcess() {
    run(
        reporter -> {
          reporter.progress(JOB, Stage.RESOLVE, 0);
          pass(Stage.RESOLVE.deadline(SECONDS).plusSeconds(1));
        });
    assertThat(ends).containsExactly(StageWatch.EXIT_CODE);
  }

  @Test
  void aStageThatReportsMustGetFurther() {
    Duration silence = Stage.SEPARATE.longestSilence(SECONDS);
    run(
        reporter -> {
          reporter.progress(JOB, Stage.SEPARATE, 0);
          for (int round = 1; round <= 3; round++) {
            pass(silence);
            reporter.progress(JOB, Stage.SEPARATE, round / 10.0);
          }
          assertThat(ends).isEmpty();
          pass(silence.dividedBy(2));
          // Saying the same again is not getting further.
          reporter.progress(JOB, Stage.SEPARATE, 0.3);
          pass(silence.dividedBy(2).plusSeconds(1));
        });
    assertThat(ends).containsExactly(StageWatch.EXIT_CODE);
  }

  @Test
  void oneThatGetsFurtherForEverIsEndedAllTheSame() {
    Duration deadline = Stage.MEASURE.deadline(SECONDS);
    run(
        reporter -> {
          reporter.progress(JOB, Stage.MEASURE, 0);
          for (int round = 1; round <= 10; round++) {
            pass(deadline.dividedBy(10));
            reporter.progress(JOB, Stage.MEASURE, 1 - 1.0 / round);
          }
          assertThat(ends).isEmpty();
          pass(Duration.ofSeconds(1));
        });
    assertThat(ends).containsExactly(StageWatch.EXIT_CODE);
  }

  @Test
  void aProcessThatStoodStillIsNotStuck() {
    run(
        reporter -> {
          reporter.progress(JOB, Stage.DRAW, 0);
          now += Duration.ofDays(2).toNanos();
          pass(Duration.ofSeconds(5));
        });
    assertThat(ends).isEmpty();
  }

  @Test
  void withoutAJobNothingIsWatched() {
    StageWatch watch = watch((job, attempt, lease, reporter) -> new JobOutcome.Stopped("test"));
    watch.run(JOB, 1, Lease.UNCONTESTED, Reporter.NONE);
    for (int i = 0; i < 10_000; i++) {
      now += Duration.ofSeconds(1).toNanos();
      watch.tick();
    }
    assertThat(ends).isEmpty();
  }

  private final List<StageWatch> watches = new ArrayList<>();

  private void run(Consumer<Reporter> job) {
    StageWatch watch =
        watch(
            (j, attempt, lease, reporter) -> {
              job.accept(reporter);
              return new JobOutcome.Stopped("test");
            });
    watches.add(watch);
    watch.run(JOB, 1, Lease.UNCONTESTED, Reporter.NONE);
    watch.close();
  }

  private StageWatch watch(JobLoop.Runner runner) {
    return new StageWatch(runner, 1, () -> now, ends::add);
  }

  private void pass(Duration time) {
    for (long second = 0; second < time.toSeconds(); second++) {
      now += Duration.ofSeconds(1).toNanos();
      watches.getLast().tick();
    }
  }
}
