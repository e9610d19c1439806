package dev.stemfleet.worker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.message.DeadJob;
import dev.stemfleet.common.message.Event;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.worker.fleet.Evidence;
import dev.stemfleet.worker.fleet.TestFleet;
import dev.stemfleet.worker.fleet.WorkerUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Jobs that take workers down, and jobs that only happen to be there when one goes.
@Tag("faults")
final class PoisonTest {
  private static final int MOST_TRIES = 3;

  /// Kills and drains together pass the broker's limit of ten deliveries.
  private static final int TIMES = 6;

  @TempDir Path folder;

  @Test
  void aJobThatCrashesTheJvmIsGivenUpAndItsTrackGoesOn() throws Exception {
    try (Trial trial = Trial.open("poison", folder)) {
      // Given a track of which one channel crashes whatever JVM it is made in
      TestFleet fleet = trial.fleet();
      Work.of(trial).submitOne("batch", "poison", Work.SHORT_SECONDS, "main,backup,drums");
      for (int i = 1; i <= MOST_TRIES; i++) {
        HeldWorker held = HeldWorker.start(fleet, "victim" + i);
        held.crash(held.runTo(Step.STEMS_WRITTEN, "poison", "backup"));
        assertThat(crashReports("victim" + i)).hasSize(1);
        trial.did("JVMs crashed");
      }
      // When the next worker meets it
      WorkerUnderTest next = fleet.worker("next");
      List<Result> results = fleet.awaitResults("batch", 3);
      // Then it is given up without another try, and the other channels are done
      assertThat(results)
          .allSatisfy(
              result ->
                  assertThat(result.succeeded()).isNotEqualTo(result.channel().equals("backup")));
      assertThat(fleet.all(fleet.clients().settings().topics().dead(), DeadJob.class))
          .singleElement()
          .satisfies(dead -> assertThat(dead.failure().code()).isEqualTo(FailureCode.POISON));
      next.terminate();
      assertThat(next.awaitExit()).isZero();
      trial.audit().requireFailed(1);
    }
  }

  private List<Path> crashReports(String worker) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("fleet").resolve("home-" + worker))) {
      return files.filter(file -> file.getFileName().toString().startsWith("hs_err")).toList();
    }
  }

  @Test
  void whatWasOnlyHeldIsNotCondemnedAndWhatFailsForEverEnds() throws Exception {
    try (Trial trial = Trial.open("innocence", folder)) {
      // Given a track of two channels, one of which cannot be put where it belongs
      TestFleet fleet = trial.fleet();
      Work.of(trial).submitOne("batch", "held", Work.SHORT_SECONDS, "main,backup");
      Files.createDirectories(fleet.out().resolve("batch"));
      Path inTheWay = Files.createFile(fleet.out().resolve("batch").resolve(labelOfMain(trial)));
      // When workers are killed that have both in hand and have begun neither
      for (int i = 1; i <= TIMES; i++) {
        HeldWorker held = HeldWorker.start(fleet, "killed" + i);
        held.runTo(Step.HELD, "held", "main");
        held.kill();
        trial.did("killed with jobs in hand");
      }
      // And others leave while they try the one again and again
      for (int i = 1; i <= TIMES; i++) {
        String id = "drained" + i;
        WorkerUnderTest drained = fleet.startWorker(id, "--grace", "0.1");
        fleet.awaitEvent(Event.Retrying.class, event -> event.worker().equals(id));
        drained.terminate();
        assertThat(drained.awaitExit()).isZero();
        trial.did("drained with jobs in hand");
      }
      // Then the one that was only held is done by the next, as if nothing had been
      WorkerUnderTest last = fleet.worker("last", "--retry-for", "0");
      List<Result> results = fleet.awaitResults("batch", 2);
      assertThat(results)
          .filteredOn(Result::succeeded)
          .singleElement()
          .satisfies(result -> assertThat(result.attempt()).isEqualTo(1));
      // And the other ends by the name of its failure, long after the broker's own limit
      assertThat(results)
          .filteredOn(result -> !result.succeeded())
          .singleElement()
          .satisfies(
              result ->
                  assertThat(result.failure().code()).isEqualTo(FailureCode.OUTPUT_UNWRITABLE));
      last.terminate();
      assertThat(last.awaitExit()).isZero();
      Files.delete(inTheWay);
      trial.audit().requireFailed(1);
    }
  }

  private static String labelOfMain(Trial trial) {
    return Evidence.of(trial.fleet()).submitted().stream()
        .filter(job -> job.channel().key().equals("main"))
        .map(job -> Path.of(job.directory()).getName(1).toString())
        .findFirst()
        .orElseThrow();
  }
}
