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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Tiny runs: what they print and that they clean up. Their times say nothing.
@Tag("benches")
class RenderBenchesTest {
  private static final Path ASSETS = Path.of(System.getProperty("stemfleet.home"), "assets");

  @TempDir Path folder;

  @Test
  void stillVideoComparesAtTheSameQuality() throws IOException {
    JsonNode found = run("still-video", "--seconds", "0.5", "--warm-ups", "1", "--crf", "19");

    assertThat(found.at("/bench").asText()).isEqualTo("still-video");
    assertThat(found.at("/ratio").asDouble()).isPositive();
    assertThat(found.at("/raw_seconds").size()).isEqualTo(3);
    assertThat(found.at("/intra_picture_bytes").asInt()).isGreaterThanOrEqualTo(500_000);
    assertThat(found.at("/luma_psnr_db").asDouble()).isGreaterThan(45);
  }

  @Test
  void channelsMakesEveryVideo() throws IOException {
    JsonNode found = run("channels", "--seconds", "0.5", "--channels", "1");

    assertThat(found.at("/videos").asInt()).isEqualTo(5);
    assertThat(found.at("/ratio").asDouble()).isPositive();
    assertThat(found.at("/bound_seconds").asDouble())
        .isGreaterThan(found.at("/yardstick_seconds").asDouble());
    assertThat(found.at("/draw_seconds").asDouble()).isPositive();
  }

  @Test
  void extraChannelNeitherSeparatesNorEncodesSound() throws IOException {
    JsonNode found = run("extra-channel", "--seconds", "0.5", "--warm-ups", "1");

    assertThat(found.at("/videos").asInt()).isEqualTo(5);
    assertThat(found.at("/ratio").asDouble()).isPositive();
    assertThat(found.at("/separations").asInt(-1)).isZero();
    assertThat(found.at("/audio_encodes").asInt(-1)).isZero();
  }

  /// The last line that the bench prints, as JSON.
  private JsonNode run(String bench, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(bench, "--json", "--rounds", "1"));
    arguments.addAll(List.of("--dir", folder.toString(), "--assets", ASSETS.toString()));
    arguments.addAll(List.of("--models", ASSETS.resolve("models").toString()));
    arguments.addAll(List.of(more));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    int code;
    try {
      code = new CommandLine(new BenchCommand()).execute(arguments.toArray(String[]::new));
    } finally {
      System.setOut(before);
    }
    assertThat(code).isZero();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
    String last = out.toString(StandardCharsets.UTF_8).lines().toList().getLast();
    return Json.lenient().readTree(last);
  }
}
