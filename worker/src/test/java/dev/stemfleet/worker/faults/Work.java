package dev.stemfleet.worker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.fixture.TestSound;
import dev.stemfleet.worker.fleet.TestFleet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/// Small tracks, one stem a channel: jobs that cost little.
///
/// @param seed of their sound
record Work(TestFleet fleet, long seed) {
  /// Of a track that is to be met in the middle of something.
  static final double LONG_SECONDS = 40;

  static final double SHORT_SECONDS = 0.6;

  static Work of(Trial trial) {
    return new Work(trial.fleet(), trial.seed());
  }

  /// Submits so many short tracks for the channels, which must work.
  void submit(String batch, int tracks, String channels) {
    TestFleet.Said said = fleet.stemfleet(line(batch, songs(batch, tracks), channels));
    assertThat(said.exitCode()).as(said.err()).isZero();
  }

  /// Submits one track under a title of its own.
  void submitOne(String batch, String title, double seconds, String channels) {
    List<Object> line = new ArrayList<>();
    line.addAll(List.of(line(batch, List.of(song(title, seconds, title.hashCode())), channels)));
    line.addAll(List.of("--title", title));
    TestFleet.Said said = fleet.stemfleet(line.toArray());
    assertThat(said.exitCode()).as(said.err()).isZero();
  }

  /// Sounds of a batch.
  List<Path> songs(String batch, int tracks) {
    return LongStream.range(0, tracks)
        .mapToObj(i -> song(batch + "-" + i, SHORT_SECONDS, batch.hashCode() + i))
        .toList();
  }

  /// What submits them.
  Object[] line(String batch, List<Path> songs, String channels) {
    List<Object> line = new ArrayList<>(List.of("submit"));
    line.addAll(songs);
    line.addAll(List.of("--job", batch, "--artist", "Ann", "--stems", "bass"));
    line.addAll(List.of("--channels", channels));
    return line.toArray();
  }

  private Path song(String name, double seconds, long number) {
    return TestSound.bursts(seconds, seed + number).writeWav(fleet.music().resolve(name + ".wav"));
  }
}
