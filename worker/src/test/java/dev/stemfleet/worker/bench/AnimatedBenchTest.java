package dev.stemfleet.worker.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stemfleet.common.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// A tiny run: what it prints and that it cleans up. Its times say nothing.
@Tag("benches")
class AnimatedBenchTest {
  private static final Path ASSETS = Path.of(System.getProperty("stemfleet.home"), "assets");

  @TempDir Path folder;

  @Test
  void aLoopIsComparedAtTheSameQuality() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    int code;
    try {
      code =
          new CommandLine(new BenchCommand())
              .execute(
                  "animated",
                  "--json",
                  "--rounds=1",
                  "--seconds=2.5",
                  "--loop-seconds=1",
                  "--dir=" + folder,
                  "--assets=" + ASSETS,
                  "--models=" + ASSETS.resolve("models"));
    } finally {
      System.setOut(before);
    }

    assertThat(code).isZero();
    JsonNode found =
        Json.lenient().readTree(out.toString(StandardCharsets.UTF_8).lines().toList().getLast());
    assertThat(found.at("/bench").asText()).isEqualTo("animated");
    assertThat(found.at("/ratio").asDouble()).isPositive();
    assertThat(found.at("/luma_psnr_db").asDouble()).isGreaterThan(42);
    assertThat(found.at("/yardstick_luma_psnr_db").asDouble()).isGreaterThan(40);
    assertThat(found.at("/raw_seconds").size()).isEqualTo(2);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }
}
