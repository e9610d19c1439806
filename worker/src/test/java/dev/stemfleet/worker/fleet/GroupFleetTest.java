package dev.stemfleet.worker.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.message.Result;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A fleet whose queue is a consumer group.
@ExtendWith(FleetExtension.class)
@FleetExtension.ShortLock
@FleetExtension.Grouped(devices = 2)
final class GroupFleetTest {
  private static final double LONG_SECONDS = 40;
  private static final double SHORT_SECONDS = 0.5;

  @Test
  void whenAWorkerIsKilledEveryJobIsDoneAndToldOnceAllTheSame(TestFleet fleet) {
    // Given two workers, one of them in the middle of a long track, and short ones
    List<WorkerUnderTest> both = fleet.workers("a", "b");
    Scene scene = new Scene(fleet);
    scene.submit(LONG_SECONDS, 99, "main,backup");
    scene.submitMany(3, SHORT_SECONDS, "main,backup");
    WorkerUnderTest doomed = scene.separating(both);
    // When it is killed
    doomed.kill();
    // Then the other one does what is left
    List<Result> results = fleet.awaitResults("batch", 8);
    assertThat(results).allSatisfy(result -> assertThat(result.succeeded()).isTrue());
    assertThat(results).extracting(Result::worker).contains(Scene.other(both, doomed).id());
    // And nothing was told twice
    Evidence evidence = Evidence.of(fleet);
    assertThat(evidence.results()).extracting(Result::jobId).doesNotHaveDuplicates().hasSize(8);
    Guarantee.ALL.forEach(guarantee -> guarantee.holdsIn(evidence));
  }
}
