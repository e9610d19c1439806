package dev.stemfleet.worker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.kafka.TopicReader;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.common.message.Wire;
import dev.stemfleet.common.message.WireException;
import dev.stemfleet.fixture.TestSound;
import dev.stemfleet.worker.fleet.FleetExtension;
import dev.stemfleet.worker.fleet.TestFleet;
import dev.stemfleet.worker.fleet.WorkerUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// One worker makes small tracks, all stems for two channels, batch after batch: what it holds must
/// not grow. A minute here; `./mvnw verify -Pfaults -Dstemfleet.soak.minutes=60` for an hour.
@Tag("faults")
@ExtendWith(FleetExtension.class)
final class SoakTest {
  private static final Duration TIME =
      Duration.ofMinutes(Integer.getInteger("stemfleet.soak.minutes", 1));
  private static final long SEED = Long.getLong("stemfleet.seed", 20_261_121);
  private static final int TRACKS = 8;
  private static final int CHANNELS = 2;
  private static final long MEGABYTE = 1 << 20;

  private final List<Look> looks = new ArrayList<>();
  private final Random random = new Random(SEED);

  /// @param jobs answered until then
  private record Look(long seconds, int jobs, ProcessUse use) {
    String line() {
      return "%d,%d,%d,%d,%d,%d"
          .formatted(
              seconds,
              jobs,
              use.heapBytes() / 1024,
              use.residentBytes() / 1024,
              use.openFiles(),
              use.threads());
    }
  }

  @Test
  void whatAWorkerHoldsDoesNotGrow(TestFleet fleet) throws Exception {
    System.out.println("seed " + SEED);
    WorkerUnderTest worker = fleet.worker("w1");
    long began = System.nanoTime();
    Set<String> answered = new HashSet<>();
    try (TopicReader results =
        TopicReader.fromStart(
            fleet.clients(), Set.of(fleet.clients().settings().topics().results()))) {
      for (int batch = 0; System.nanoTime() - began < TIME.toNanos(); batch++) {
        submit(fleet, batch);
        await(results, answered, (batch + 1) * TRACKS * CHANNELS);
        looks.add(look(worker, began, answered.size()));
      }
    }
    write();
    // The middle third against the last: caches fill and code is compiled in the first.
    assertThat(late(ProcessUse::heapBytes) - early(ProcessUse::heapBytes)).isLessThan(4 * MEGABYTE);
    assertThat(late(ProcessUse::residentBytes))
        .isLessThan(early(ProcessUse::residentBytes) * 11 / 10);
    assertThat(late(ProcessUse::openFiles)).isLessThanOrEqualTo(early(ProcessUse::openFiles) + 4);
    assertThat(late(ProcessUse::threads)).isLessThanOrEqualTo(early(ProcessUse::threads) + 4);
  }

  private void submit(TestFleet fleet, int batch) {
    List<Object> line = new ArrayList<>(List.of("submit"));
    for (int track = 0; track < TRACKS; track++) {
      double seconds = 0.5 + 5 * random.nextDouble();
      // Names come again, contents do not.
      line.add(
          TestSound.bursts(seconds, random.nextLong())
              .writeWav(fleet.music().resolve("song" + track + ".wav")));
    }
    line.addAll(List.of("--job", "soak" + batch, "--channels", "main,backup"));
    TestFleet.Said said = fleet.stemfleet(line.toArray());
    assertThat(said.exitCode()).as(said.err()).isZero();
  }

  private static void await(TopicReader results, Set<String> answered, int count)
      throws WireException {
    long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
    while (answered.size() < count) {
      assertThat(System.nanoTime()).as("answered: %d", answered.size()).isLessThan(deadline);
      for (TopicReader.Entry entry : results.poll(Duration.ofMillis(200))) {
        Result result = Wire.read(entry.value().orElseThrow(), Result.class);
        assertThat(result.failure()).isNull();
        answered.add(result.jobId());
      }
    }
  }

  private static Look look(WorkerUnderTest worker, long began, int jobs) throws Exception {
    long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
    return new Look(seconds, jobs, ProcessUse.of(worker.pid()));
  }

  private long early(ToLongFunction<ProcessUse> figure) {
    return least(looks.subList(looks.size() / 3, looks.size() * 2 / 3), figure);
  }

  private long late(ToLongFunction<ProcessUse> figure) {
    return least(looks.subList(looks.size() * 2 / 3, looks.size()), figure);
  }

  /// What is held at the least: at any moment there may be a frame of 8 MB or not.
  private static long least(List<Look> looks, ToLongFunction<ProcessUse> figure) {
    return looks.stream().mapToLong(look -> figure.applyAsLong(look.use())).min().orElseThrow();
  }

  private void write() throws IOException {
    List<String> lines = new ArrayList<>(List.of("seconds,jobs,heap_kb,resident_kb,files,threads"));
    looks.forEach(look -> lines.add(look.line()));
    Files.write(Files.createDirectories(TrialFile.folder()).resolve("soak.csv"), lines);
    Map<String, String> grown = new LinkedHashMap<>();
    grown.put("heap MB", change(use -> use.heapBytes() / MEGABYTE));
    grown.put("resident MB", change(use -> use.residentBytes() / MEGABYTE));
    grown.put("open files", change(ProcessUse::openFiles));
    grown.put("threads", change(ProcessUse::threads));
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("faults", grown);
    figures.put("jobs", looks.getLast().jobs());
    figures.put("seed", SEED);
    figures.put("seconds", looks.getLast().seconds());
    System.out.println("faults | soak | " + figures);
    TrialFile.write("soak", figures);
  }

  private String change(ToLongFunction<ProcessUse> figure) {
    return early(figure) + " → " + late(figure);
  }
}
