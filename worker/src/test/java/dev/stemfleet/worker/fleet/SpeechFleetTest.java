package dev.stemfleet.worker.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.message.CacheCounts;
import dev.stemfleet.common.message.OutputFile;
import dev.stemfleet.common.message.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Scripts on the whole way from the command line to their videos.
@ExtendWith(FleetExtension.class)
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
