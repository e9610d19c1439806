package dev.stemfleet.worker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.message.Result;
import dev.stemfleet.worker.fleet.Evidence;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A worker that is killed exactly between two steps of a job, at each of them once.
@Tag("faults")
final class StepsTest {
  private static final List<Step> STEPS =
      List.of(
          Step.STEMS_WRITTEN,
          Step.VIDEO_WRITTEN,
          Step.PLACING,
          Step.MOVED,
          Step.PLACED,
          Step.RESULT_SENT,
          Step.BEFORE_ACCEPT);

  @TempDir Path folder;

  @Test
  void aKillAtEachStep() throws Exception {
    try (Trial trial = Trial.open("steps", folder)) {
      // Given for each step a track of two channels
      Work work = Work.of(trial);
      for (Step step : STEPS) {
        work.submitOne("batch", step.words(), Work.SHORT_SECONDS, "main,backup");
        // When the worker that has it is killed at this step of the first channel's job
        HeldWorker held = HeldWorker.start(trial.fleet(), "at-" + step.ordinal());
        held.runTo(step, step.words(), "main");
        held.kill();
        trial.did("killed at: " + step.words());
      }
      // And the next workers do the rest
      trial.fleet().worker("last");
      trial.fleet().awaitResults("batch", 2 * STEPS.size());
      // Then what was in its place is only reported again, and what was not is made anew
      for (Step step : STEPS) {
        assertThat(answers(trial, step)).as(step.words()).satisfies(all -> asAfter(step, all));
      }
      trial.audit().requireFailed(0);
    }
  }

  private static void asAfter(Step step, List<? extends Result> answers) {
    boolean inPlace = step.compareTo(Step.MOVED) >= 0;
    boolean told = step.compareTo(Step.RESULT_SENT) >= 0;
    assertThat(answers).hasSize(told ? 2 : 1);
    assertThat(answers.getLast().replayed()).isEqualTo(inPlace);
    assertThat(answers.getFirst().replayed()).isEqualTo(inPlace && !told);
  }

  private static List<Result> answers(Trial trial, Step step) {
    return Evidence.of(trial.fleet()).results().stream()
        .filter(result -> result.title().equals(step.words()) && result.channel().equals("main"))
        .toList();
  }
}
