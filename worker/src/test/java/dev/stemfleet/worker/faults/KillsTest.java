package dev.stemfleet.worker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.worker.fleet.WorkerUnderTest;
import dev.stemfleet.worker.place.Attempts;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Workers that are killed, or stand still, again and again while a backlog is done.
@Tag("faults")
final class KillsTest {
  private static final int TRACKS = 100;
  private static final String CHANNELS = "main,backup,drums";
  private static final int JOBS = 300;
  private static final int KILLS = 52;
  private static final int STOPS = 10;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(6);
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration ENOUGH = Duration.ofMinutes(12);

  @TempDir Path folder;

  @Test
  void threeHundredJobsAndFiftyKills() throws Exception {
    try (Trial trial = Trial.open("kills", folder);
        Answered answered = waiting(trial, "batch", TRACKS)) {
      // Given three workers and a backlog
      Crew crew = Crew.of(trial.fleet(), 3);
      // When one of them is killed every few seconds, in the middle of whatever it does
      killUntilDone(trial, crew, answered);
      // Then every job has its answer and its files
      assertThat(trial.times("workers killed")).isGreaterThanOrEqualTo(50);
      crew.leave();
      trial.audit().requireFailed(0);
      // And what the killed ones left is removed by a worker that comes ten minutes later
      Disk disk = new Disk(trial.fleet());
      disk.age();
      trial.fleet().worker("late");
      assertThat(disk.foldersOfTheDead()).isZero();
    }
  }

  @Test
  void workersThatStandStillForLongerThanTheLock() throws Exception {
    try (Trial trial = Trial.open("stops", folder);
        Answered answered = waiting(trial, "batch", TRACKS / 3)) {
      // Given two workers and a backlog
      Crew crew = Crew.of(trial.fleet(), 2);
      int jobs = TRACKS / 3 * 3;
      // When one of them stands still for longer than its jobs stay with it, and wakes up again
      while (trial.times("workers stopped past the lock") < STOPS) {
        WorkerUnderTest zombie = crew.any(trial.random());
        pause(trial.random().nextInt(500));
        zombie.signal("STOP");
        pause((int) trial.fleet().lock().toMillis() + 1000);
        zombie.signal("CONT");
        trial.did("workers stopped past the lock");
        answered.look();
      }
      // Then every job has its answer and its files
      answered.await(jobs, PATIENCE);
      crew.leave();
      trial.audit().requireFailed(0);
    }
  }

  private static Answered waiting(Trial trial, String batch, int tracks) {
    Work.of(trial).submit(batch, tracks, CHANNELS);
    return Answered.of(trial.fleet());
  }

  private static void killUntilDone(Trial trial, Crew crew, Answered answered) {
    Disk disk = new Disk(trial.fleet());
    int next = 0;
    long began = System.nanoTime();
    long last = began;
    while (answered.look() < JOBS) {
      assertThat(System.nanoTime() - began)
          .as("%d answers of %d%n%s", answered.count(), JOBS, trial.fleet().logs())
          .isLessThan(ENOUGH.toNanos());
      int left = KILLS - trial.times("workers killed");
      boolean due = answered.count() >= next || System.nanoTime() - last > LONGEST_PAUSE.toNanos();
      if (left == 0 || !due) {
        continue;
      }
      pause(trial.random().nextInt(400));
      // A third kill in the same job would condemn it, as it should.
      if (disk.jobsWithTries(Attempts.POISON).isEmpty()) {
        crew.replace(crew.any(trial.random()));
        trial.did("workers killed");
        last = System.nanoTime();
        next = answered.count() + Math.max(1, (JOBS - answered.count()) / left);
      }
    }
  }

  /// Between two faults: when they strike is meant to be random.
  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
