package dev.stemfleet.worker.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.message.DeadJob;
import dev.stemfleet.common.message.Event;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.worker.place.Attempts;
import dev.stemfleet.worker.place.OutputRoot;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Workers that die, stop, leave and break: every job is answered all the same.
@ExtendWith(FleetExtension.class)
@FleetExtension.ShortLock
final class RecoveryTest {
  /// Long enough to be met in the middle of its separation.
  private static final double LONG_SECONDS = 40;

  private static final double SHORT_SECONDS = 1;

  @AfterEach
  void everyGuaranteeHolds(TestFleet fleet) {
    Evidence evidence = Evidence.of(fleet);
    Guarantee.ALL.forEach(guarantee -> guarantee.holdsIn(evidence));
  }

  @Test
  void aKilledWorkersJobsAreFinishedByAnother(TestFleet fleet) {
    // Given two workers, one of them in the middle of a track
    List<WorkerUnderTest> both = fleet.workers("a", "b");
    new Scene(fleet).submit(LONG_SECONDS, 1, "main,backup");
    WorkerUnderTest doomed = new Scene(fleet).separating(both);
    // When it is killed
    doomed.kill();
    // Then the other one finishes the track
    assertThat(fleet.awaitResults("batch", 2))
        .allSatisfy(result -> assertThat(result.succeeded()).isTrue())
        .extracting(Result::worker)
        .containsOnly(Scene.other(both, doomed).id());
  }

  @Test
  void aStoppedWorkersJobRunsElsewhereWithinOneLockTimeAndTheZombieDoesNoHarm(TestFleet fleet) {
    // Given two workers, one of them in the middle of a track
    List<WorkerUnderTest> both = fleet.workers("a", "b");
    new Scene(fleet).submit(LONG_SECONDS, 1, "main");
    WorkerUnderTest zombie = new Scene(fleet).separating(both);
    WorkerUnderTest heir = Scene.other(both, zombie);
    // When it stands still for longer than the lock
    Instant stopped = Instant.now();
    zombie.signal("STOP");
    Event.Started again =
        fleet.awaitEvent(Event.Started.class, started -> started.worker().equals(heir.id()));
    assertThat(again.at()).isBefore(stopped.plus(fleet.lock()).plus(Scene.AT_ONCE));
    Result result = fleet.awaitResults("batch", 1).getFirst();
    assertThat(result.worker()).isEqualTo(heir.id());
    // And then goes on
    zombie.signal("CONT");
    zombie.awaitLog(log -> log.contains("no longer ours"));
    // Then it works again, and the guarantees hold
    heir.terminate();
    assertThat(heir.awaitExit()).isZero();
    new Scene(fleet).submit(SHORT_SECONDS, 2, "main");
    assertThat(fleet.awaitResults("batch", 2))
        .extracting(Result::worker)
        .containsExactlyInAnyOrder(heir.id(), zombie.id());
  }

  @Test
  void aWorkerThatIsAskedToLeaveFinishesItsJobOrGivesItBack(TestFleet fleet) {
    // Given a worker with a backlog that is asked to leave in the middle of a job
    WorkerUnderTest first = fleet.worker("patient");
    new Scene(fleet).submit(LONG_SECONDS, 1, "main,backup");
    new Scene(fleet).submit(LONG_SECONDS, 2, "main");
    new Scene(fleet).separating(List.of(first));
    first.terminate();
    // Then it finishes this job and leaves the rest
    assertThat(first.awaitExit()).isZero();
    List<Result> own = fleet.awaitResults("batch", 1);
    assertThat(own).extracting(Result::worker).containsExactly("patient");
    assertThat(own).extracting(Result::channel).containsExactly("main");

    // When one that has no time is asked to leave
    WorkerUnderTest hasty = fleet.worker("hasty", "--grace", "0.1");
    new Scene(fleet).separating(List.of(hasty));
    hasty.terminate();
    // Then it gives its job back
    assertThat(hasty.awaitExit()).isZero();
    assertThat(hasty.log()).contains("given back");
    assertThat(fleet.out().resolve(".stemfleet/attempts")).isEmptyDirectory();
    assertThat(fleet.out().resolve(".stemfleet/work")).isEmptyDirectory();

    // And another one does the rest
    fleet.worker("last");
    assertThat(fleet.awaitResults("batch", 3))
        .filteredOn(result -> !result.worker().equals("patient"))
        .extracting(Result::worker)
        .contains("last");
  }

  @Test
  void aJobThatTookThreeWorkersDownFailsAndItsTrackGoesOn(TestFleet fleet) {
    // Given a job whose three tries ended without a word
    new Scene(fleet).submit(SHORT_SECONDS, 1, "main,backup");
    List<Job> jobs = fleet.all(fleet.clients().settings().topics().batches(), Job.class);
    Job poison = jobs.getFirst();
    Attempts attempts = new Attempts(new OutputRoot(fleet.out()));
    for (int i = 0; i < Attempts.POISON; i++) {
      attempts.begin(poison.jobId(), poison.run());
    }
    // When a worker meets it
    fleet.worker("careful");
    List<Result> results = fleet.awaitResults("batch", 2);
    // Then it fails without being tried, and the other channel is done
    for (Result result : results) {
      assertThat(result.succeeded()).isNotEqualTo(result.jobId().equals(poison.jobId()));
    }
    List<DeadJob> dead = fleet.all(fleet.clients().settings().topics().dead(), DeadJob.class);
    assertThat(dead).extracting(one -> one.job().jobId()).containsExactly(poison.jobId());
    assertThat(dead).extracting(one -> one.failure().code()).containsExactly(FailureCode.POISON);
    assertThat(attempts.unended(poison.jobId(), poison.run())).isZero();
  }
}
