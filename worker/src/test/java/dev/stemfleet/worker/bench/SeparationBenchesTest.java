package dev.stemfleet.worker.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stemfleet.common.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The benches of the separation work from end to end; what they measure here means nothing.
class SeparationBenchesTest {
  private static final Path ASSETS = Path.of(System.getProperty("stemfleet.home"), "assets");

  @TempDir private Path folder;

  @Test
  void separateComparesFourSeparationsWithTheirInference() throws Exception {
    JsonNode found =
        run(
            "separate",
            "--seconds",
            "7",
            "--device-seconds",
            "4",
            "--warm-up-seconds",
            "2",
            "--wait-ms",
            "2");

    assertThat(found.get("bench").asText()).isEqualTo("separate");
    assertThat(found.get("raw_seconds").properties()).hasSize(6);
    assertThat(
            List.of(
                "ratio",
                "builtin_to_bound",
                "device_to_waits",
                "htdemucs_to_waits",
                "htdemucs_spectra_to_waits",
                "seconds"))
        .allSatisfy(figure -> assertThat(found.get(figure).asDouble()).isPositive());
  }

  @Test
  void firstVideoRunsAWholeJobAndSeesItsVideosComplete() throws Exception {
    JsonNode found = run("first-video", "--seconds", "4", "--warm-up-seconds", "2");

    assertThat(found.get("bench").asText()).isEqualTo("first-video");
    double first = found.get("first_video_seconds").asDouble();
    assertThat(first).isPositive();
    assertThat(found.get("all_videos_seconds").asDouble()).isGreaterThanOrEqualTo(first);
    assertThat(found.get("seconds").asDouble()).isGreaterThan(first);
  }

  /// One round, and nothing is left behind.
  private JsonNode run(String bench, String... options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(bench, "--rounds", "1", "--json"));
    arguments.addAll(List.of("--dir", folder.toString(), "--assets", ASSETS.toString()));
    arguments.addAll(List.of("--models", ASSETS.resolve("models").toString()));
    arguments.addAll(List.of(options));
    PrintStream screen = System.out;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      int code = new CommandLine(new BenchCommand()).execute(arguments.toArray(String[]::new));
      assertThat(code).isZero();
    } finally {
      System.setOut(screen);
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
    String last = said.toString(StandardCharsets.UTF_8).lines().toList().getLast();
    return Json.lenient().readTree(last);
  }
}
