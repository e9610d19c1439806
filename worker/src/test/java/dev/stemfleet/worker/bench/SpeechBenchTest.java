package dev.stemfleet.worker.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stemfleet.common.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Tag("benches")
final class SpeechBenchTest {
  @TempDir private Path folder;

  @Test
  void aTinyRunComparesSpeakingWithItsNetworksAndLeavesNothingBehind() throws Exception {
    PrintStream screen = System.out;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    int exitCode;
    try {
      exitCode =
          new CommandLine(new BenchCommand())
              .execute(
                  "speech",
                  "--assets=a",
                  "--models=b",
                  "--rounds=1",
                  "--json",
                  "--tokens=20",
                  "--layers=2",
                  "--dir=" + folder);
    } finally {
      System.setOut(screen);
    }

    assertThat(exitCode).isZero();
    JsonNode found =
        Json.lenient().readTree(said.toString(StandardCharsets.UTF_8).lines().toList().getLast());
    assertThat(found.path("bench").asText()).isEqualTo("speech");
    assertThat(found.path("raw_seconds").properties()).hasSize(2);
    assertThat(found.path("tokens").asDouble()).isGreaterThanOrEqualTo(15);
    assertThat(found.path("tokens_per_second").asDouble()).isPositive();
    assertThat(found.path("network_seconds").asDouble())
        .isPositive()
        .isLessThan(found.path("seconds").asDouble());
    assertThat(folder).isEmptyDirectory();
  }
}
