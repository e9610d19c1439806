package dev.stemfleet.worker.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.bench.BenchResult;
import dev.stemfleet.dispatcher.bench.QueueBench;
import dev.stemfleet.dispatcher.local.WorkerProgram;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A tiny run: whether the bench works, not how fast anything is.
@Tag("benches")
final class QueueBenchTest {
  @TempDir Path folder;

  @Test
  void everyJobIsAnsweredByTheWorkersLoop() throws Exception {
    WorkerProgram program =
        new WorkerProgram(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"))
            .withOptions(List.of("-XX:TieredStopAtLevel=1"));

    BenchResult result = new QueueBench(program, 2, 50, 8, folder, line -> {}).run();

    assertThat(result.figures())
        .containsKeys("bare_ms_per_job", "ms_per_job", "ms_above_bare", "efficiency");
    assertThat(result.figures().get("ms_per_job")).isPositive();
  }
}
