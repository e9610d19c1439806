package dev.stemfleet.worker.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.message.ModelFacts;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.fixture.TestSound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A worker whose jobs name different models, one of which was not there when it started.
@ExtendWith(FleetExtension.class)
final class ModelSwapTest {
  @Test
  void aModelThatIsAddedMeanwhileTakesTheRoomOfTheOneBefore(TestFleet fleet) throws IOException {
    // Given a worker with room for one model, and a track
    Path models = Files.createDirectories(fleet.folder().resolve("models"));
    WorkerUnderTest worker =
        fleet.worker("swaps", "--models", models.toString(), "--model-memory", "1MB");
    TestSound.song(2, 0.4, 3).writeWav(fleet.music().resolve("song.wav"));

    // When a job names the usual model, one names a model that was just added, and one the usual
    // for another stem
    Result usual = done(fleet, "first", "drums");
    addSecond(models);
    Result second = done(fleet, "second", "drums", "--model", "second", "--models", models);
    done(fleet, "third", "bass");
    Result stored = done(fleet, "fourth", "drums", "--model", "second", "--models", models);

    // Then each result says who made it, and every change was a load and an eviction
    ModelFacts made = Objects.requireNonNull(second.model());
    assertThat(Objects.requireNonNull(usual.model()).id()).isEqualTo("builtin");
    assertThat(made.id()).isEqualTo("second");
    assertThat(made.device()).isEqualTo("cpu");
    assertThat(made.dtype()).isEqualTo("float32");
    assertThat(made.jobsServed()).isEqualTo(1);
    // Stems that are there already need no model: it was closed, and is not loaded again.
    assertThat(Objects.requireNonNull(stored.caches()).separations()).isZero();
    assertThat(stored.model()).isEqualTo(made);
    String log = worker.log();
    assertThat(log.split("cache miss: loaded in ")).hasSize(4);
    assertThat(log.split("evicted, ")).hasSize(3);
    assertThat(log).containsPattern("cache hit, loaded \\d+ s ago in [0-9.]+ s, 0 jobs since");
  }

  @Test
  void aDeviceThatCannotBeUsedEndsTheWorkerWithOneLine(TestFleet fleet) {
    WorkerUnderTest worker = fleet.startWorker("no-gpu", "--device", "cuda:7");

    assertThat(worker.awaitExit()).isEqualTo(1);

    assertThat(worker.log())
        .contains("stemfleet-worker: device cuda:7: ")
        .doesNotContain(" ready ")
        .doesNotContain("\tat ");
  }

  private static void addSecond(Path models) throws IOException {
    Path shipped = Path.of(System.getProperty("stemfleet.home"), "assets", "models");
    Files.copy(shipped.resolve("builtin.onnx"), models.resolve("builtin.onnx"));
    String definition = Files.readString(shipped.resolve("builtin.yaml"));
    Files.writeString(
        models.resolve("second.yaml"), definition.replace("\nid: builtin\n", "\nid: second\n"));
  }

  private static Result done(TestFleet fleet, String batch, String stems, Object... more) {
    List<Object> line = new ArrayList<>(List.of("submit", fleet.music().resolve("song.wav")));
    line.addAll(List.of("--job", batch, "--channels", "main", "--stems", stems));
    line.addAll(List.of("--artist", "Ann", "--title", "Song"));
    line.addAll(List.of(more));
    TestFleet.Said said = fleet.stemfleet(line.toArray());
    assertThat(said.exitCode()).as(said.err()).isZero();
    Result result = fleet.awaitResults(batch, 1).getFirst();
    assertThat(result.succeeded()).as(fleet.logs()).isTrue();
    return result;
  }
}
