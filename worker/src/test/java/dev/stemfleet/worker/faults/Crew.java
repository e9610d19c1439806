package dev.stemfleet.worker.faults;

import dev.stemfleet.worker.fleet.TestFleet;
import dev.stemfleet.worker.fleet.WorkerUnderTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// So many workers, of which each is replaced as soon as it is killed. For one thread.
final class Crew {
  private final TestFleet fleet;
  private final List<WorkerUnderTest> workers = new ArrayList<>();
  private int started;

  private Crew(TestFleet fleet) {
    this.fleet = fleet;
  }

  /// Starts them and waits until all are ready.
  static Crew of(TestFleet fleet, int size) {
    Crew crew = new Crew(fleet);
    for (int i = 0; i < size; i++) {
      crew.workers.add(crew.next());
    }
    crew.workers.forEach(WorkerUnderTest::awaitReady);
    return crew;
  }

  /// Any of them.
  WorkerUnderTest any(Random random) {
    return workers.get(random.nextInt(workers.size()));
  }

  List<WorkerUnderTest> all() {
    return List.copyOf(workers);
  }

  /// Kills one and puts another in its place.
  void replace(WorkerUnderTest doomed) {
    doomed.kill();
    workers.set(workers.indexOf(doomed), next());
  }

  /// Asks all to leave and waits until they have.
  void leave() {
    workers.forEach(WorkerUnderTest::terminate);
    workers.forEach(WorkerUnderTest::awaitExit);
  }

  private WorkerUnderTest next() {
    return fleet.startWorker("crew" + started++);
  }
}
