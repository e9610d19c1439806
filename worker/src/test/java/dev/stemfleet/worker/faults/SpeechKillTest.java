package dev.stemfleet.worker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stemfleet.common.message.Event;
import dev.stemfleet.common.message.OutputFile;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.worker.fleet.FleetExtension;
import dev.stemfleet.worker.fleet.TestFleet;
import dev.stemfleet.worker.fleet.WorkerUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A worker that dies while it speaks a script.
@Tag("faults")
@ExtendWith(FleetExtension.class)
@FleetExtension.ShortLock
final class SpeechKillTest {
  @Test
  void aKilledWorkersScriptGoesOnWithTheNextMissingTake(TestFleet fleet) throws IOException {
    // Given a script of thirty chunks, long enough to be met in the middle
    String text =
        IntStream.range(0, 30)
            .mapToObj(
                "Night %02d, in which the keeper of the lighthouse counted every ship that went by and wrote it down.\n\n"
                    ::formatted)
            .reduce("", String::concat);
    Files.writeString(fleet.music().resolve("long.txt"), text);
    Path job =
        Files.writeString(
            fleet.music().resolve("long.yaml"),
            """
            job: batch
            input: {text_file: long.txt}
            chunking: {target_chunk_limit: 90, max_chunk_limit: 120}
            generation: {num_candidates: 6}
            """);
    WorkerUnderTest doomed = fleet.worker("doomed");
    TestFleet.Said said = fleet.stemfleet("submit", job, "--channels", "main");
    assertThat(said.exitCode()).as(said.err()).isZero();
    // When its worker is killed there
    fleet.awaitEvent(Event.Progressed.class, event -> units(event) >= 10);
    doomed.kill();
    Map<Path, FileTime> spoken = takes(fleet);
    assertThat(spoken).hasSizeBetween(10, 179);
    // Then another one speaks what is missing, and nothing else
    fleet.startWorker("heir");
    int known = spoken.size();
    fleet.awaitEvent(
        Event.Progressed.class, event -> event.worker().equals("heir") && units(event) > known);
    Map<Path, FileTime> later = takes(fleet);
    assertThat(later).as("takes are not written twice").containsAllEntriesOf(spoken);

    Result result = fleet.awaitResults("batch", 1).getFirst();
    assertThat(result.succeeded()).isTrue();
    assertThat(result.worker()).isEqualTo("heir");
    assertThat(report(fleet, result).get("chunks")).hasSize(30);
  }

  private static int units(Event.Progressed event) {
    Integer done = event.unitsDone();
    return event.stage().equals("speak") && done != null ? done : 0;
  }

  private static Map<Path, FileTime> takes(TestFleet fleet) throws IOException {
    Map<Path, FileTime> takes = new HashMap<>();
    try (Stream<Path> files = Files.walk(fleet.out().resolve(".stemfleet/takes"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".take")).toList()) {
        takes.put(file, Files.getLastModifiedTime(file));
      }
    }
    return takes;
  }

  private static JsonNode report(TestFleet fleet, Result result) throws IOException {
    OutputFile file =
        result.files().stream()
            .filter(each -> each.path().endsWith("/narration.json"))
            .findFirst()
            .orElseThrow();
    return new ObjectMapper().readTree(fleet.out().resolve(file.path()).toFile());
  }
}
