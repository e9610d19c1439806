package dev.stemfleet.worker.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.message.Event;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.worker.fleet.SmallDisk;
import dev.stemfleet.worker.fleet.TestFleet;
import dev.stemfleet.worker.fleet.WorkerUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Disks that are full or may not be written, and clocks that jump.
@Tag("faults")
final class DiskTest {
  private static final List<String> FAKE_CLOCKS =
      List.of(
          "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1",
          "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1",
          "/usr/lib/faketime/libfaketime.so.1");

  /// With its clock set back, a worker may try for a minute to send the result of each job it has.
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir Path folder;

  @Test
  void anOutputRootThatIsFullThenReadOnlyThenWellAgain() throws Exception {
    try (Trial trial = Trial.open("disk", folder)) {
      // Given an output root on a small disk of its own
      TestFleet fleet = trial.fleet();
      Path out = fleet.out();
      try (SmallDisk disk = SmallDisk.at(out, 24)) {
        Work work = Work.of(trial);
        work.submitOne("batch", "full", Work.SHORT_SECONDS, "main,backup");
        WorkerUnderTest worker = fleet.startWorker("w1");
        // When it is full, then this is said and tried again until there is room
        Path filler = disk.fill();
        assertThat(retried(trial, FailureCode.DISK_FULL).failure().cause())
            .contains(out.toString());
        trial.did("disk full");
        Files.delete(filler);
        fleet.awaitResults("batch", 2);
        // When nobody may write to it, then this is said, too
        work.submitOne("batch", "read-only", Work.LONG_SECONDS, "main,backup");
        fleet.awaitEvent(
            Event.Progressed.class, event -> event.worker().equals("w1") && isSeparating(event));
        disk.remount("ro");
        trial.did("output root read-only");
        retried(trial, FailureCode.OUTPUT_UNWRITABLE);
        disk.remount("rw");
        // Then everything is done by the same worker, once it can be
        assertThat(fleet.awaitResults("batch", 4)).extracting(Result::worker).containsOnly("w1");
        worker.terminate();
        assertThat(worker.awaitExit()).isZero();
        trial.audit().requireFailed(0);
      }
    }
  }

  private static boolean isSeparating(Event.Progressed event) {
    return event.stage().equals("separate") && event.fraction() > 0.2;
  }

  private static Event.Retrying retried(Trial trial, FailureCode code) {
    return trial.fleet().awaitEvent(Event.Retrying.class, event -> event.failure().code() == code);
  }

  @Test
  void aClockThatJumps() throws Exception {
    Optional<String> library =
        FAKE_CLOCKS.stream().filter(file -> Files.exists(Path.of(file))).findFirst();
    assumeTrue(library.isPresent(), "there is no libfaketime here: apt-get install faketime");
    try (Trial trial = Trial.open("clock", folder)) {
      // Given a worker whose clock can be set, and a rival
      TestFleet fleet = trial.fleet();
      Path offset = Files.writeString(folder.resolve("offset"), "+0\n");
      Map<String, String> clock =
          Map.of(
              "LD_PRELOAD",
              library.get(),
              "FAKETIME_TIMESTAMP_FILE",
              offset.toString(),
              "FAKETIME_CACHE_DURATION",
              "1",
              "DONT_FAKE_MONOTONIC",
              "1",
              "NO_FAKE_STAT",
              "1");
      WorkerUnderTest jumping = fleet.startWorker("jumping", clock, List.of());
      WorkerUnderTest right = fleet.worker("right");
      jumping.awaitReady();
      Work work = Work.of(trial);
      int tracks = 0;
      for (String jump : List.of("+50m", "-1h", "+0")) {
        work.submitOne("batch", "track " + tracks++, Work.LONG_SECONDS, "main,backup");
        work.submitOne("batch", "track " + tracks++, Work.LONG_SECONDS, "main,backup");
        awaitSeparating(fleet, "track " + (tracks - 1));
        // When its clock jumps while both are at work
        Files.writeString(offset, jump + "\n");
        trial.did("clock set by most of an hour or more");
        // Then everything is done, by the one or the other
        fleet.awaitResults("batch", 2 * tracks, PATIENCE);
      }
      jumping.kill();
      // And a worker whose clock is ahead does not clean up behind those that live
      Files.writeString(offset, "+50m\n");
      WorkerUnderTest ahead = fleet.startWorker("ahead", clock, List.of());
      ahead.awaitReady();
      assertThat(workFolders(fleet)).anyMatch(name -> name.startsWith("right-"));
      for (WorkerUnderTest worker : List.of(right, ahead)) {
        worker.terminate();
        assertThat(worker.awaitExit()).isZero();
      }
      trial.audit().requireFailed(0);
    }
  }

  private static void awaitSeparating(TestFleet fleet, String title) {
    Event.Started started =
        fleet.awaitEvent(Event.Started.class, event -> event.title().equals(title));
    fleet.awaitEvent(
        Event.Progressed.class,
        event -> event.jobId().equals(started.jobId()) && event.stage().equals("separate"));
  }

  private static List<String> workFolders(TestFleet fleet) throws IOException {
    try (Stream<Path> folders = Files.list(fleet.out().resolve(".stemfleet/work"))) {
      return folders.map(path -> path.getFileName().toString()).toList();
    }
  }
}
