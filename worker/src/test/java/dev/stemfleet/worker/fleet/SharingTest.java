package dev.stemfleet.worker.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.message.Event;
import dev.stemfleet.common.message.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Workers that share the work of a healthy fleet.
@ExtendWith(FleetExtension.class)
final class SharingTest {
  @AfterEach
  void everyGuaranteeHolds(TestFleet fleet) {
    Evidence evidence = Evidence.of(fleet);
    Guarantee.ALL.forEach(guarantee -> guarantee.holdsIn(evidence));
  }

  @Test
  void aWorkerThatJoinsLateGetsTheNextTrackAtOnce(TestFleet fleet) {
    // Given one worker with a backlog, at work on the first track
    Scene scene = new Scene(fleet);
    WorkerUnderTest first = fleet.worker("first");
    scene.submit(40, 1, "main,backup,drums");
    scene.submit(40, 2, "main,backup,drums");
    scene.submit(40, 3, "main,backup,drums");
    scene.submit(40, 4, "main,backup,drums");
    scene.separating(List.of(first));
    // When another one joins
    fleet.worker("late");
    Instant joined = Instant.now();
    // Then it has a track at once, and the first one did not have to give it up
    Event.Started started =
        fleet.awaitEvent(Event.Started.class, event -> event.worker().equals("late"));
    assertThat(started.at()).isBefore(joined.plus(Scene.AT_ONCE));
    List<Result> results = fleet.awaitResults("batch", 12);
    assertThat(titles(results, "late")).contains(started.title());
    assertThat(titles(results, "late")).doesNotContainAnyElementsOf(titles(results, "first"));
  }

  @Test
  void noTrackIsSplitBetweenWorkers(TestFleet fleet) {
    // Given two workers
    fleet.workers("a", "b");
    // When 50 tracks for three channels come
    new Scene(fleet).submitMany(50, 0.3, "main,backup,drums");
    List<Result> results = fleet.awaitResults("batch", 150);
    // Then each track was done by one worker, and both did their share
    Map<String, Set<String>> workers =
        results.stream()
            .collect(
                Collectors.groupingBy(
                    Result::trackId, Collectors.mapping(Result::worker, Collectors.toSet())));
    assertThat(workers).hasSize(50);
    assertThat(workers.values()).allSatisfy(who -> assertThat(who).hasSize(1));
    for (String worker : List.of("a", "b")) {
      assertThat(workers.values()).filteredOn(who -> who.contains(worker)).hasSizeGreaterThan(10);
    }
  }

  @Test
  void aWorkerInAnotherPlaceWithOtherRootsAndWithoutAssetsWorks(TestFleet fleet)
      throws IOException {
    // Given a worker that has the music elsewhere and no pictures of its own
    Path elsewhere = fleet.folder().resolve("mnt");
    WorkerUnderTest worker =
        fleet.startWorkerWithRoot(
            "far", elsewhere, "--assets", fleet.folder().resolve("no-assets").toString());
    new Scene(fleet).submit(1, 1, "main,tiktok");
    Files.move(fleet.music(), elsewhere);
    // Then it finds all that it needs below the output root
    assertThat(fleet.awaitResults("batch", 2))
        .allSatisfy(result -> assertThat(result.succeeded()).as("%s", result.failure()).isTrue());
    assertThat(worker.log()).doesNotContain("WARN", "ERROR");
  }

  private static Set<String> titles(List<Result> results, String worker) {
    return results.stream()
        .filter(result -> result.worker().equals(worker))
        .map(Result::title)
        .collect(Collectors.toSet());
  }
}
