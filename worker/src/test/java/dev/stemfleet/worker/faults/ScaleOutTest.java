package dev.stemfleet.worker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.message.Event;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.dispatcher.local.LocalBroker;
import dev.stemfleet.worker.fleet.Evidence;
import dev.stemfleet.worker.fleet.TestFleet;
import dev.stemfleet.worker.fleet.WorkerUnderTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// More workers in the middle of a batch.
@Tag("faults")
final class ScaleOutTest {
  private static final int TRACKS = 25;
  private static final int JOBS = 2 * TRACKS;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path folder;

  @Test
  void fromOneWorkerToThreeWithNoJobBegunTwice() throws Exception {
    LocalBroker broker = LocalBroker.start(LocalBroker.Options.in(folder.resolve("broker")));
    try (Trial trial = Trial.over("scale out", broker, broker.settings(), folder)) {
      // Given one worker in the middle of a batch
      TestFleet fleet = trial.fleet();
      Work.of(trial).submit("batch", TRACKS, "main,backup");
      List<WorkerUnderTest> workers = new ArrayList<>(List.of(fleet.startWorker("one")));
      try (Answered answered = Answered.of(fleet)) {
        answered.await(2, PATIENCE);
        // When two more come
        workers.add(fleet.startWorker("two"));
        workers.add(fleet.startWorker("three"));
        trial.did("workers added", 2);
        answered.await(JOBS, PATIENCE);
      }
      workers.forEach(WorkerUnderTest::terminate);
      workers.forEach(WorkerUnderTest::awaitExit);
      // Then all three have worked, and every job was begun, made and told once
      Evidence evidence = Evidence.of(fleet);
      assertThat(evidence.results()).extracting(Result::jobId).doesNotHaveDuplicates();
      assertThat(evidence.results()).extracting(Result::worker).contains("one", "two", "three");
      assertThat(evidence.events(Event.Started.class))
          .extracting(Event.Started::jobId)
          .doesNotHaveDuplicates()
          .hasSize(JOBS);
      trial.audit().requireFailed(0);
    }
  }
}
