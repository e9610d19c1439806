package dev.stemfleet.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// Where no locale is set, as in many containers, Java names files in ASCII.
@EnabledOnOs(OS.LINUX)
final class LocaleTest {
  @Test
  void aWorkerThatCannotNameAllFilesDoesNotStart() throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String path = System.getProperty("java.class.path");

    Ran ran =
        run(
            List.of(
                java.toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                path,
                "dev.stemfleet.worker.WorkerMain",
                "run"));

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.text()).contains("LC_ALL: ", "LC_ALL=C.UTF-8").hasLineCount(1);
  }

  @Test
  void theLauncherSetsALocaleThatCan() throws IOException, InterruptedException {
    Path script = Path.of(System.getProperty("stemfleet.home"), ".mvn", "jdk.sh");

    Ran ran = run(List.of("sh", "-euc", ". \"$0\"; echo $LC_ALL", script.toString()));

    assertThat(ran.text().strip()).isEqualTo("C.UTF-8");
  }

  private record Ran(int exitCode, String text) {}

  private static Ran run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.waitFor(), text);
  }
}
