package dev.stemfleet.worker.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.message.Event;
import dev.stemfleet.fixture.TestSound;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/// Brings a fleet into the middle of something: tracks of the batch `batch`, one stem a channel
/// unless said, and workers at work on them.
record Scene(TestFleet fleet) {
  /// Far less than the backlog of these tests takes, on a machine that has other things to do.
  static final Duration AT_ONCE = Duration.ofSeconds(5);

  /// Submits one track.
  ///
  /// @param seed names it, too: `song<seed>`
  void submit(double seconds, long seed, String channels) {
    submit(
        List.of(song(seconds, seed)),
        "--channels",
        channels,
        "--title",
        "song" + seed,
        "--stems",
        "drums");
  }

  /// Submits one track, of which every channel gets all stems.
  void submitAllStems(double seconds, long seed, String channels) {
    submit(List.of(song(seconds, seed)), "--channels", channels, "--title", "song" + seed);
  }

  /// Submits several tracks at once, with seeds from 1.
  void submitMany(int tracks, double seconds, String channels) {
    List<Path> songs =
        LongStream.rangeClosed(1, tracks).mapToObj(seed -> song(seconds, seed)).toList();
    submit(songs, "--channels", channels, "--stems", "drums");
  }

  private void submit(List<Path> songs, String... more) {
    List<Object> line = new ArrayList<>(List.of("submit"));
    line.addAll(songs);
    line.addAll(List.of("--job", "batch", "--artist", "Ann"));
    line.addAll(List.of(more));
    TestFleet.Said said = fleet.stemfleet(line.toArray());
    assertThat(said.exitCode()).as(said.err()).isZero();
  }

  private Path song(double seconds, long seed) {
    return TestSound.bursts(seconds, seed).writeWav(fleet.music().resolve("song" + seed + ".wav"));
  }

  /// Waits until one of the workers is in the middle of separating a track.
  WorkerUnderTest separating(List<WorkerUnderTest> workers) {
    Event.Progressed there =
        fleet.awaitEvent(
            Event.Progressed.class,
            event ->
                event.stage().equals("separate")
                    && event.fraction() > 0
                    && workers.stream().anyMatch(worker -> worker.id().equals(event.worker())));
    return workers.stream()
        .filter(worker -> worker.id().equals(there.worker()))
        .findFirst()
        .orElseThrow();
  }

  static WorkerUnderTest other(List<WorkerUnderTest> both, WorkerUnderTest one) {
    return both.stream().filter(worker -> worker != one).findFirst().orElseThrow();
  }
}
