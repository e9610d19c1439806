package dev.stemfleet.worker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.domain.QueueMode;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.worker.fleet.Evidence;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A worker that is killed exactly between two steps of a job, at each of them once, on each of the
/// queues.
@Tag("faults")
final class EachStepTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(QueueMode.class)
  void aKillAtEachStep(QueueMode queue) throws Exception {
    List<Step> steps = Step.of(queue);
    try (Trial trial = Trial.open("steps on " + queue.key(), folder, queue)) {
      // Given for each step a track of two channels
      Work work = Work.of(trial);
      for (Step step : steps) {
        work.submitOne("batch", step.words(), Work.SHORT_SECONDS, "main,backup");
        // When the worker that has it is killed at this step of the first channel's job
        HeldWorker held = HeldWorker.start(trial.fleet(), "at-" + step.words().replace(' ', '-'));
        held.runTo(step, step.words(), "main");
        held.kill();
        trial.did("killed at: " + step.words());
      }
      // And the next workers do the rest
      trial.fleet().worker("last");
      trial.fleet().awaitResults("batch", 2 * steps.size());
      // Then what was in its place is only reported again, and what was not is made anew
      for (Step step : steps) {
        assertThat(answers(trial, step)).as(step.words()).satisfies(all -> asAfter(step, all));
      }
      trial.audit().requireFailed(0);
    }
  }

  private static void asAfter(Step step, List<? extends Result> answers) {
    assertThat(answers).hasSize(step.isToldOnly() ? 2 : 1);
    boolean asMade = step.isToldOnly() || step == Step.COMMITTED || !step.isInPlace();
    assertThat(answers.getFirst().replayed()).isNotEqualTo(asMade);
    assertThat(answers.getLast().replayed())
        .isEqualTo(step.isToldOnly() || (step.isInPlace() && step != Step.COMMITTED));
  }

  private static List<Result> answers(Trial trial, Step step) {
    return Evidence.of(trial.fleet()).results().stream()
        .filter(result -> result.title().equals(step.words()) && result.channel().equals("main"))
        .toList();
  }
}
