package dev.stemfleet.dispatcher.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.bench.BenchResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tiny runs: whether the benches work, not how fast anything is.
@Tag("benches")
final class BenchesTest {
  @TempDir Path folder;

  @Test
  void dispatchFindsEveryTrackInABatchOfItsOwn() throws Exception {
    BenchResult result = new DispatchBench(2, 40, folder, line -> {}).run();

    assertThat(result.figures())
        .containsEntry("jobs", 200.0)
        .containsEntry("batches_not_one_track", 0.0);
    assertThat(result.figures().get("farthest_overtaking_tracks")).isLessThanOrEqualTo(1);
    assertThat(result.seconds().get("submit")).hasSize(2);
    assertThat(result.figures().get("peak_rss_mb")).isPositive();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void statusFindsOneOfTheBatches() throws Exception {
    BenchResult result = new StatusBench(1, 3, 2, folder, line -> {}).run();

    assertThat(result.figures()).containsEntry("results", 30.0);
    assertThat(result.figures().get("seconds")).isPositive();
  }
}
