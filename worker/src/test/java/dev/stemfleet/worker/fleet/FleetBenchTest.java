package dev.stemfleet.worker.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.bench.BenchResult;
import dev.stemfleet.dispatcher.bench.MemoryBench;
import dev.stemfleet.dispatcher.bench.StartBench;
import dev.stemfleet.dispatcher.bench.WholeBench;
import dev.stemfleet.dispatcher.local.WorkerProgram;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The benches of whole workers do their work, at sizes that measure nothing.
@Tag("benches")
final class FleetBenchTest {
  private static final Path ASSETS = Path.of("..", "assets").toAbsolutePath().normalize();

  @TempDir private Path folder;

  private static WorkerProgram worker() {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new WorkerProgram(java, System.getProperty("java.class.path"))
        .withOptions(List.of("-XX:TieredStopAtLevel=1", "-XX:MaxDirectMemorySize=2g"));
  }

  @Test
  void startMeasuresAWorkerWithAModelOfItsOwn() throws Exception {
    BenchResult found = new StartBench(worker(), ASSETS, folder, 1, 17).run();

    assertThat(found.figures()).containsKeys("seconds", "ratio", "large_load_seconds");
    assertThat(found.seconds().values())
        .hasSize(4)
        .allSatisfy(times -> assertThat(times).hasSize(1));
  }

  @Test
  void wholeTellsWhereTheTimeWent() throws Exception {
    BenchResult found = new WholeBench(worker(), ASSETS, folder, 0.1, 1, 5).run();

    assertThat(found.figures()).containsKeys("ratio", "worker_start_seconds", "separate_seconds");
    assertThat(folder).isDirectoryNotContaining("glob:**/round*");
  }

  @Test
  void memoryTellsPeaksOfMemoryAndDisk() throws Exception {
    BenchResult found = new MemoryBench(worker(), ASSETS, folder, 8, 4, List.of("main")).run();

    assertThat(found.figures().get("peak_long_megabytes")).isGreaterThan(100);
    assertThat(found.figures().get("disk_ratio")).isGreaterThan(1);
  }
}
