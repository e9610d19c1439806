package dev.stemfleet.worker.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.message.DeadJob;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.Result;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Cancelled batches and stuck stages, with workers in processes of their own.
@ExtendWith(FleetExtension.class)
final class CancelTest {
  /// Long enough to be met and cancelled in the middle of its separation.
  private static final double LONG_SECONDS = 20;

  private static final double SHORT_SECONDS = 10;

  @Test
  void aCancelledBatchStopsAndTheSameBatchSubmittedAgainRunsInFull(TestFleet fleet) {
    // Given a worker in the middle of a track, with more behind it
    WorkerUnderTest first = fleet.worker("first");
    new Scene(fleet).submit(LONG_SECONDS, 1, "main,backup");
    new Scene(fleet).separating(List.of(first));

    // When the batch is cancelled
    TestFleet.Said said = fleet.stemfleet("cancel", "batch");
    assertThat(said.exitCode()).as(said.err()).isZero();

    // Then what ran stops, what waited does not begin, and both are told
    assertThat(fleet.awaitResults("batch", 2))
        .extracting(result -> result.failure().code())
        .containsOnly(FailureCode.CANCELLED);
    assertThat(fleet.stemfleet("status", "batch").out())
        .containsPattern("batch +2 +0 +0 +0 +0 +0 +2");
    assertThat(fleet.all(fleet.clients().settings().topics().dead(), DeadJob.class)).isEmpty();
    assertThat(fleet.out().resolve("batch")).doesNotExist();
    first.terminate();
    assertThat(first.awaitExit()).isZero();

    // And when the same is submitted again, it runs in full, also on a worker that starts later
    Set<String> before = runs(fleet);
    new Scene(fleet).submit(LONG_SECONDS, 1, "main,backup");
    fleet.worker("second");
    for (String channel : List.of("main", "backup")) {
      Result done =
          fleet.awaitResult(r -> r.channel().equals(channel) && !before.contains(r.run()));
      assertThat(done.succeeded()).as(String.valueOf(done.failure())).isTrue();
      assertThat(done.worker()).isEqualTo("second");
    }
  }

  @Test
  void aWorkerWithAStuckStageEndsItselfAndAnotherDoesTheJob(TestFleet fleet) {
    // Given a worker for which any stage is stuck within seconds
    WorkerUnderTest stuck = fleet.worker("stuck", "--stage-patience", "0.00001");
    new Scene(fleet).submit(SHORT_SECONDS, 7, "drums");

    // Then it ends itself, not in order
    assertThat(stuck.awaitExit()).isEqualTo(70);
    assertThat(stuck.log()).contains("is stuck in");

    // And another worker does the job, and knows of the try
    fleet.worker("heir");
    Result done = fleet.awaitResult(result -> result.channel().equals("drums"));
    assertThat(done.succeeded()).isTrue();
    assertThat(done.attempt()).isEqualTo(2);
  }

  private static Set<String> runs(TestFleet fleet) {
    return fleet.all(fleet.clients().settings().topics().batches(), Job.class).stream()
        .map(Job::run)
        .collect(Collectors.toSet());
  }
}
