package dev.stemfleet.worker.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CoderBenchTest {
  @TempDir Path folder;

  @Test
  void aTinyRunEndsWithFiguresOfEverySettingAndLeavesNothingBehind() throws Exception {
    PrintStream usual = System.out;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    int exitCode;
    try {
      exitCode =
          new CommandLine(new BenchCommand())
              .execute(
                  "coder",
                  "--assets=a",
                  "--models=b",
                  "--rounds=1",
                  "--json",
                  "--seconds=0.1",
                  "--dir=" + folder);
    } finally {
      System.setOut(usual);
    }

    assertThat(exitCode).isZero();
    String line = said.toString(StandardCharsets.UTF_8).lines().toList().getLast();
    JsonNode figures = new ObjectMapper().readTree(line);
    assertThat(figures.path("bench").asText()).isEqualTo("coder");
    for (CoderCandidate candidate : CoderCandidate.all()) {
      assertThat(figures.path(candidate.name() + "_cpu_seconds").asDouble()).isPositive();
      assertThat(figures.path(candidate.name() + "_kbits_per_second").asDouble()).isPositive();
      assertThat(figures.path(candidate.name() + "_mean_nmr_db").asDouble()).isNegative();
      assertThat(figures.path(candidate.name() + "_snr_db").asDouble()).isPositive();
    }
    assertThat(figures.path("stock_snr_loss_db").asDouble(1)).isZero();
    assertThat(folder).isEmptyDirectory();
  }
}
