package dev.stemfleet.worker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.message.Event;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.worker.fleet.Evidence;
import dev.stemfleet.worker.fleet.TestFleet;
import dev.stemfleet.worker.fleet.WorkerUnderTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// More than one of everything at once: dispatchers, submits of the same batch, workers at the same
/// job; and workers that are asked to leave.
@Tag("faults")
final class DispatchTest {
  private static final int DISPATCHERS = 10;
  private static final int TRACKS = 3;
  private static final int LEAVING = 6;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;

  @Test
  void tenDispatchersAtOnceAndTheSameBatchAgain() throws Exception {
    try (Trial trial = Trial.open("dispatch", folder)) {
      // Given two workers, and topics that nobody has made
      TestFleet fleet = trial.fleet();
      Work work = Work.of(trial);
      // When ten dispatchers submit at once, half of them the same batch
      List<Command> submits = new ArrayList<>();
      for (int i = 0; i < DISPATCHERS; i++) {
        String batch = i % 2 == 0 ? "common" : "own" + i;
        Object[] line = work.line(batch, work.songs(batch, TRACKS), "main");
        submits.add(Command.start(fleet, "submit" + i, line));
      }
      submits.forEach(one -> assertThat(one.await()).as(one.text()).isZero());
      trial.did("dispatchers at once", DISPATCHERS);
      Crew crew = Crew.of(fleet, 2);
      try (Answered answered = Answered.of(fleet)) {
        answered.await(DISPATCHERS * TRACKS, PATIENCE);
        // Then each job has one set of outputs, however often it was sent
        assertThat(made(fleet).stream().map(Result::directory).distinct())
            .hasSize(DISPATCHERS / 2 * TRACKS + TRACKS);
        // And when the same is submitted once more, no work is done, and this is said
        int made = made(fleet).size();
        Map<Path, FileTime> before = files(fleet);
        work.submit("common", TRACKS, "main");
        trial.did("batches submitted again");
        answered.await(DISPATCHERS * TRACKS + TRACKS, PATIENCE);
        assertThat(made(fleet)).hasSize(made);
        assertThat(files(fleet)).isEqualTo(before);
        assertThat(fleet.stemfleet("tail", "--job", "common", "--from-beginning", "--count", 18))
            .satisfies(
                tail -> assertThat(tail.out().lines().toList().getLast()).contains("already"));
      }
      crew.leave();
      trial.audit().requireFailed(0);
    }
  }

  /// Results of jobs that were made, not found.
  private static List<Result> made(TestFleet fleet) {
    return Evidence.of(fleet).results().stream().filter(result -> !result.replayed()).toList();
  }

  private static Map<Path, FileTime> files(TestFleet fleet) throws Exception {
    Map<Path, FileTime> times = new HashMap<>();
    try (Stream<Path> all = Files.walk(fleet.out())) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (!fleet.out().relativize(file).startsWith(".stemfleet")) {
          times.put(file, Files.getLastModifiedTime(file));
        }
      }
    }
    return times;
  }

  @Test
  void twoWorkersThatFinishTheSameJobAtOnce() throws Exception {
    try (Trial trial = Trial.open("rivals", folder)) {
      // Given a worker that stands still with finished outputs in hand until its lock is over
      TestFleet fleet = trial.fleet();
      Work.of(trial).submitOne("batch", "twice", Work.SHORT_SECONDS, "main");
      HeldWorker first = HeldWorker.start(fleet, "first");
      first.runTo(Step.PLACING, "twice", "main");
      // And another that has come to the same point with the same job
      HeldWorker second = HeldWorker.start(fleet, "second");
      second.runTo(Step.PLACING, "twice", "main");
      // When both put their outputs in place
      first.letGo();
      second.letGo();
      trial.did("jobs finished by two at once");
      // Then one set of outputs is there, and both tell the same of it
      fleet.awaitResults("batch", 1);
      for (HeldWorker held : List.of(first, second)) {
        held.worker().terminate();
        assertThat(held.worker().awaitExit()).isZero();
      }
      assertThat(Evidence.of(fleet).results())
          .hasSizeBetween(1, 2)
          .extracting(Result::files)
          .containsOnly(Evidence.of(fleet).results().getFirst().files());
      trial.audit().requireFailed(0);
    }
  }

  @Test
  void workersThatAreAskedToLeaveInTheMiddleOfAJob() throws Exception {
    try (Trial trial = Trial.open("leave", folder)) {
      // Given a backlog, and workers that are asked to leave somewhere in the middle of a job
      TestFleet fleet = trial.fleet();
      Work.of(trial).submit("batch", LEAVING / 2, "main,backup");
      for (int i = 0; i < LEAVING; i++) {
        String id = "leaving" + i;
        WorkerUnderTest worker = fleet.startWorker(id, "--grace", i % 2 == 0 ? "60" : "0.1");
        fleet.awaitEvent(Event.Started.class, started -> started.worker().equals(id));
        Thread.sleep(trial.random().nextInt(500));
        worker.terminate();
        assertThat(worker.awaitExit()).isZero();
        trial.did("workers terminated");
      }
      WorkerUnderTest last = fleet.worker("last");
      fleet.awaitResults("batch", LEAVING);
      last.terminate();
      assertThat(last.awaitExit()).isZero();
      // Then each job was made once, and nothing of them is left behind
      assertThat(made(fleet)).hasSize(LEAVING);
      assertThat(new Disk(fleet).foldersOfTheDead()).isZero();
      trial.audit().requireFailed(0);
    }
  }
}
