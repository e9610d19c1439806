package dev.stemfleet.worker.faults;

import dev.stemfleet.worker.fleet.StartKit;
import dev.stemfleet.worker.fleet.TestFleet;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `stemfleet …` in a process of its own.
///
/// @param said what it prints, both streams
record Command(Process process, Path said) {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /// Starts it with the options of the fleet.
  ///
  /// @param name of its output file
  static Command start(TestFleet fleet, String name, Object... arguments) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Xmx256m"));
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    line.add("-Dstemfleet.home=" + home());
    line.addAll(StartKit.options());
    line.add("dev.stemfleet.dispatcher.cli.Stemfleet");
    for (Object argument : arguments) {
      line.add(argument.toString());
    }
    line.addAll(fleet.options());
    Path said = fleet.folder().resolve(name + ".said");
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(fleet.folder().toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .redirectInput(new File("/dev/null"));
    builder.environment().putAll(fleet.environment());
    try {
      return new Command(builder.start(), said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Waits for its end.
  ///
  /// @return its exit code
  int await() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the command does not end:\n" + text());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /// SIGSTOP or SIGCONT.
  void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// What it has said by now.
  String text() {
    try {
      return Files.readString(said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String home() {
    return System.getProperty("stemfleet.home");
  }
}
