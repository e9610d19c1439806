package dev.stemfleet.worker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Files that once ended badly, kept as they were: `<gate>.<what it did>`. To add one, write it
/// with `-Dstemfleet.hostile=GATE:n` and copy it.
@Tag("faults")
final class HostileCorpusTest {
  private static final Path CORPUS =
      Path.of(System.getProperty("stemfleet.home"), "worker/src/test/resources/hostile");

  @TempDir private Path folder;

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(CORPUS)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void whatEndedBadlyOnceEndsWell(Path file) throws IOException {
    Gate gate = Gate.valueOf(file.getFileName().toString().replaceFirst("\\..*", ""));

    String verdict = HostileCases.one(gate, Files.readAllBytes(file), GoodFiles.workplace(folder));

    assertThat(verdict).matches("accepted|refused [A-Z_]+");
  }
}
