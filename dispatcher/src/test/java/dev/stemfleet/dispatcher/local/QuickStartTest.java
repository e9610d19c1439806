package dev.stemfleet.dispatcher.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QuickStartTest {
  @TempDir private Path home;
  private QuickStart start;

  @BeforeEach
  void makeFolder() throws IOException {
    start = QuickStart.of(home);
    Files.createDirectories(start.folder());
  }

  @Test
  void withoutACacheThereIsNothingToSay() {
    assertThat(start.options(QuickStart.WORKER)).isEmpty();
  }

  @Test
  void aBrokenCacheIsPassedOverInSilence() throws Exception {
    Files.writeString(start.folder().resolve("worker.aot"), "no cache at all\n".repeat(1000));

    assertThat(said(start.options(QuickStart.WORKER))).isEqualTo(said(List.of()));
  }

  @Test
  void aCacheOfAnotherClassPathIsPassedOverInSilence() throws Exception {
    // Given a cache that was made when another jar was there
    Path jar = home.resolve("other.jar");
    run(
        List.of(
            "-XX:AOTCacheOutput=" + start.folder().resolve("worker.aot"), "-cp", jar.toString()));

    List<String> options = new ArrayList<>(start.options(QuickStart.WORKER));
    assertThat(options).isNotEmpty();
    assertThat(said(options)).isEqualTo(said(List.of()));
  }

  /// All that a JVM with these options prints, to either stream.
  private static String said(List<String> options) throws Exception {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of("-cp", "target/classes"));
    return run(all);
  }

  private static String run(List<String> options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-version");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .replaceAll(", sharing|, mixed mode", "");
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
