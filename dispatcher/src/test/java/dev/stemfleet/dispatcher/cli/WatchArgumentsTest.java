package dev.stemfleet.dispatcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What makes no sense is told in one line, with exit code 2, before anything is started.
final class WatchArgumentsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "tail --count 0, --count",
    "tail --count many, --count",
    "tail --format xml, --format",
    "broker --port 70000, --port",
    "cache, info",
    "status one two, two",
    "local, TRACK",
    "local nothing-*.mp3, nothing-*.mp3",
    "local --bpm fast song.mp3, --bpm",
    "demo song.mp3, song.mp3",
  })
  void wrongArgumentsAreNamedAndStartNothing(String line, String named) {
    CommandRun run = CommandRun.of(folder, line.split(" "));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).hasLineCount(1).contains(named);
    assertThat(run.out()).isEmpty();
    assertThat(Files.exists(folder.resolve("state"))).isFalse();
  }
}
