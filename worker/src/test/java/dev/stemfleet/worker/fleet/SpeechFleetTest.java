package dev.stemfleet.worker.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.message.CacheCounts;
import dev.stemfleet.common.message.Event;
import dev.stemfleet.common.message.OutputFile;
import dev.stemfleet.common.message.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Scripts on the whole way from the command line to their videos, and with a worker that dies.
@ExtendWith(FleetExtension.class)
@FleetExtension.ShortLock
final class SpeechFleetTest {
  @Test
  void aScriptOfTwoSpeakersBecomesVideosOfThreeChannelsFromOneSynthesis(TestFleet fleet)
      throws IOException {
    Files.writeString(
        fleet.music().resolve("tale.txt"),
        """
        Once there was a ferry that left before anybody woke.

        <speaker:guest>I have seen it myself! <speaker:narrator>Nobody believed him.
        """);
    Path job =
        Files.writeString(
            fleet.music().resolve("tale.yaml"),
            """
            job: tales
            input: {text_file: tale.txt, title: A Tale, artist: Ann}
            generation:
              default_speaker: narrator
              speakers: [{id: narrator}, {id: guest}]
            """);
    fleet.worker("a");

    TestFleet.Said said = fleet.stemfleet("submit", job, "--channels", "main,backup,drums");
    assertThat(said.exitCode()).as(said.err()).isZero();

    List<Result> results = fleet.awaitResults("tales", 3);
    assertThat(results).allSatisfy(result -> assertThat(result.succeeded()).isTrue());
    assertThat(results)
        .extracting(Result::caches)
        .filteredOn(Objects::nonNull)
        .extracting(CacheCounts::audioEncodes)
        .containsExactlyInAnyOrder(1, 0, 0);
    JsonNode report = report(fleet, results.getFirst());
    double seconds = 0.80 + 0.30;
    for (JsonNode chunk : report.get("chunks")) {
      seconds += chunk.get("takes").get(chunk.get("selected").asInt()).get("seconds").asDouble();
    }
    for (Result result : results) {
      Video video = new Video(fleet.out().resolve(video(result).path()));
      assertThat(video.file().getFileName()).hasToString("Ann - A Tale Narration.mp4");
      assertThat(video.probed().get("format").get("duration").asDouble())
          .isCloseTo(seconds, within(1.0 / 24));
      assertThat(result.warnings()).anyMatch(warning -> warning.contains("demonstration voice"));
    }
    assertThat(fleet.out().resolve(".stemfleet/takes")).isEmptyDirectory();
  }

  @Test
  void aKilledWorkersScriptGoesOnWithTheNextMissingTake(TestFleet fleet) throws IOException {
    // Given a script of thirty chunks, long enough to be met in the middle
    String sentence = "The lighthouse keeper counted every ship that went by, and wrote it down. ";
    String text =
        IntStream.range(0, 30)
            .mapToObj(i -> "Chapter %d. ".formatted(i) + sentence.repeat(5) + "\n\n")
            .reduce("", String::concat);
    Files.writeString(fleet.music().resolve("long.txt"), text);
    Path job =
        Files.writeString(
            fleet.music().resolve("long.yaml"),
            "{job: batch, input: {text_file: long.txt}, generation: {num_candidates: 4}}");
    WorkerUnderTest doomed = fleet.worker("doomed");
    TestFleet.Said said = fleet.stemfleet("submit", job, "--channels", "main");
    assertThat(said.exitCode()).as(said.err()).isZero();
    // When its worker is killed there
    fleet.awaitEvent(Event.Progressed.class, event -> units(event) >= 10);
    doomed.kill();
    Map<Path, FileTime> spoken = takes(fleet);
    assertThat(spoken).hasSizeBetween(10, 119);
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

  private static OutputFile video(Result result) {
    return result.files().stream()
        .filter(file -> file.stem() == Stem.NARRATION && file.path().endsWith(".mp4"))
        .findFirst()
        .orElseThrow();
  }
}
