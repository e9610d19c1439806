package dev.stemfleet.worker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.domain.QueueMode;
import dev.stemfleet.common.kafka.RecordedQueue;
import dev.stemfleet.common.message.QueueRecord;
import dev.stemfleet.worker.fleet.TestFleet;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A queue whose move to the other mode is killed again and again.
@Tag("faults")
final class MigrateTest {
  private static final int TRACKS = 40;
  private static final int JOBS = 120;
  private static final int KILLS = 6;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path folder;

  @Test
  void everyJobIsMovedThoughTheMoveIsKilled() throws Exception {
    try (Trial trial = Trial.open("migrate", folder);
        TestFleet moved = trial.as(QueueMode.GROUP)) {
      // Given a backlog that nobody works at
      Work.of(trial).submit("batch", TRACKS, "main,backup,drums");
      // When its queue is moved, and the command is killed while it is at it
      while (trial.times("moves killed") < KILLS && !move(moved, trial).equals("whole")) {
        trial.did("moves killed");
      }
      assertThat(trial.times("moves killed")).isPositive();
      Command last = Command.start(moved, "last", "queue", "migrate", "--to", "group");
      assertThat(last.await()).as(last.text()).isZero();
      // Then workers of the new mode do every job
      Crew crew = Crew.of(moved, 2);
      try (Answered answered = Answered.of(moved)) {
        answered.await(JOBS, PATIENCE);
      }
      crew.leave();
      trial.audit().requireFailed(0);
    }
  }

  /// Begins or goes on with the move and kills it some time after it has been recorded.
  ///
  /// @return what came of it: `killed`, or `whole` if it was faster
  private static String move(TestFleet fleet, Trial trial) throws InterruptedException {
    Command move =
        Command.start(
            fleet,
            "move" + trial.times("moves killed"),
            "queue",
            "migrate",
            "--to",
            "group",
            "--notice",
            "0");
    RecordedQueue recorded = new RecordedQueue(fleet.clients(), Clock.systemUTC());
    while (move.process().isAlive() && recorded.read().map(QueueRecord::movingTo).isEmpty()) {
      Thread.onSpinWait();
    }
    // The next one reads for a while before it sends; when it is struck is meant to be random.
    int after = trial.random().nextInt(trial.times("moves killed") == 0 ? 300 : 2000);
    if (move.process().waitFor(after, TimeUnit.MILLISECONDS)) {
      assertThat(move.process().exitValue()).as(move.text()).isZero();
      return "whole";
    }
    move.process().destroyForcibly().waitFor();
    return "killed";
  }
}
