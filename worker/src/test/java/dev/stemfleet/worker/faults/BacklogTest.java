package dev.stemfleet.worker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.kafka.QueueUse;
import dev.stemfleet.common.kafka.TopicReader;
import dev.stemfleet.common.message.Event;
import dev.stemfleet.dispatcher.bench.Manifest;
import dev.stemfleet.dispatcher.bench.QueueWorker;
import dev.stemfleet.dispatcher.local.WorkerProgram;
import dev.stemfleet.worker.fleet.FleetExtension;
import dev.stemfleet.worker.fleet.TestFleet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A long queue and four workers with the real job loop, whose jobs make nothing.
@Tag("faults")
@ExtendWith(FleetExtension.class)
final class BacklogTest {
  private static final int JOBS = Integer.getInteger("stemfleet.load.jobs", 100_000);

  /// More than a window.
  private static final int SLOW_JOBS = 6_000;

  private static final int WORKERS = 4;
  private static final List<String> CHANNELS =
      List.of("main", "backup", "drums", "acapellas", "tiktok");
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration FOR_EVER = Duration.ofDays(1);
  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final long MEGABYTE = 1 << 20;

  private final List<QueueWorker> workers = new ArrayList<>();
  @TempDir Path folder;

  @AfterEach
  void endWorkers() {
    workers.forEach(QueueWorker::close);
  }

  @Test
  void aLongQueueIsDrainedInConstantMemory(TestFleet fleet) throws Exception {
    submit(fleet, "long", JOBS);
    start(fleet);
    long began = System.nanoTime();
    for (QueueWorker worker : workers) {
      worker.open(Duration.ZERO);
    }
    awaitWaiting(fleet, JOBS * 3L / 4);
    List<ProcessUse> early = uses();
    awaitWaiting(fleet, 0);
    double seconds = (System.nanoTime() - began) / 1e9;
    List<ProcessUse> late = uses();

    write(seconds, early, late);
    assertThat(answered(fleet, "long")).hasSize(JOBS);
    for (int i = 0; i < WORKERS; i++) {
      assertThat(late.get(i).heapBytes()).isLessThan(early.get(i).heapBytes() + 4 * MEGABYTE);
      assertThat(late.get(i).residentBytes()).isLessThan(early.get(i).residentBytes() * 5 / 4);
      assertThat(late.get(i).openFiles()).isLessThanOrEqualTo(early.get(i).openFiles() + 4);
    }
  }

  @Test
  void aJobThatSleepsAtTheHeadIsShownWhileTheWindowIsFullAndTheRestIsDoneAfterIt(TestFleet fleet)
      throws Exception {
    // Given one that sleeps, which nobody may overtake by more than a window
    submit(fleet, "slow", SLOW_JOBS);
    start(fleet);
    QueueWorker sleeper = workers.getFirst();
    sleeper.open(FOR_EVER);
    Event.Started held = fleet.awaitEvent(Event.Started.class, event -> true);
    // When the others do what they can
    for (QueueWorker worker : workers.subList(1, WORKERS)) {
      worker.open(Duration.ZERO);
    }
    awaitFullWindow(fleet);
    // Then the operator sees which job it is
    String status = fleet.stemfleet("status").out();
    System.out.println(status.lines().filter(line -> line.contains("window")).toList());
    assertThat(status).contains("nearly full: held by job " + held.jobId());
    TestFleet.Said doctor = fleet.stemfleet("doctor");
    assertThat(doctor.out()).contains("warning  The queue's lock window is nearly full");
    assertThat(doctor.exitCode()).isEqualTo(1);
    assertThat(answered(fleet, "slow")).hasSizeLessThan(SLOW_JOBS).doesNotContain(held.jobId());
    // And nothing is lost when it wakes
    sleeper.open(Duration.ZERO);
    awaitWaiting(fleet, 0);
    assertThat(answered(fleet, "slow")).hasSize(SLOW_JOBS);
  }

  private static void write(double seconds, List<ProcessUse> early, List<ProcessUse> late) {
    Map<String, String> grown = new LinkedHashMap<>();
    grown.put("workers", Integer.toString(WORKERS));
    grown.put("heap MB", change(early, late, use -> use.heapBytes() / MEGABYTE));
    grown.put("resident MB", change(early, late, use -> use.residentBytes() / MEGABYTE));
    grown.put("open files", change(early, late, ProcessUse::openFiles));
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("faults", grown);
    figures.put("jobs", JOBS);
    figures.put("seconds", seconds);
    System.out.println("faults | long queue | " + figures);
    TrialFile.write("long queue", figures);
  }

  /// Of all workers together.
  private static String change(
      List<ProcessUse> early, List<ProcessUse> late, ToLongFunction<ProcessUse> figure) {
    return early.stream().mapToLong(figure).sum() + " → " + late.stream().mapToLong(figure).sum();
  }

  private void submit(TestFleet fleet, String batch, int jobs) throws IOException {
    Path manifest = Manifest.write(folder.resolve(batch + ".jsonl"), jobs / CHANNELS.size());
    TestFleet.Said said =
        fleet.stemfleet(
            "submit", manifest, "--job", batch, "--channels", String.join(",", CHANNELS));
    assertThat(said.exitCode()).as(said.err()).isZero();
  }

  private void start(TestFleet fleet) throws IOException {
    WorkerProgram program =
        new WorkerProgram(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"))
            .withOptions(List.of("-XX:TieredStopAtLevel=1", "-Xmx128m"));
    for (int i = 0; i < WORKERS; i++) {
      workers.add(QueueWorker.start(program, fleet.clients(), folder, List.of()));
    }
    for (QueueWorker worker : workers) {
      worker.awaitReady();
    }
  }

  private List<ProcessUse> uses() throws IOException, InterruptedException {
    List<ProcessUse> uses = new ArrayList<>();
    for (QueueWorker worker : workers) {
      uses.add(ProcessUse.of(worker.pid()));
    }
    return uses;
  }

  private static void awaitWaiting(TestFleet fleet, long atMost) {
    await(fleet, use -> use.waiting() <= atMost);
  }

  /// Nothing of the window is left but the track that the sleeper holds.
  private static void awaitFullWindow(TestFleet fleet) {
    await(
        fleet,
        use ->
            use.windowUse() >= 1 && use.waiting() <= use.span() - use.window() + CHANNELS.size());
  }

  private static void await(TestFleet fleet, Predicate<QueueUse> wanted) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!QueueUse.ask(fleet.clients()).filter(wanted).isPresent()) {
      assertThat(System.nanoTime()).as("%s", QueueUse.ask(fleet.clients())).isLessThan(deadline);
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  private static Set<String> answered(TestFleet fleet, String batch) {
    Set<String> jobs = new HashSet<>();
    Set<String> topics = Set.of(fleet.clients().settings().topics().results());
    try (TopicReader reader = TopicReader.ofBatch(fleet.clients(), topics, batch)) {
      do {
        for (TopicReader.Entry entry : reader.poll(Duration.ofMillis(200))) {
          assertThat(jobs.add(entry.key())).as("a second result of " + entry.key()).isTrue();
        }
      } while (!reader.caughtUp());
    }
    return jobs;
  }
}
