package dev.stemfleet.dispatcher.local;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// One worker as a child process, its output in a log file. Thread-safe; caller closes.
public final class WorkerProcess implements AutoCloseable {
  private static final Duration DRAIN_TIME = Duration.ofSeconds(20);

  private final Process process;
  private final Path log;

  private WorkerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /// @param arguments of the worker program
  /// @param log overwritten
  public static WorkerProcess start(WorkerProgram program, List<String> arguments, Path log)
      throws IOException {
    Process process =
        new ProcessBuilder(Unheard.command(program.command(List.of(), arguments)))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new WorkerProcess(process, log);
  }

  /// The process id.
  long pid() {
    return process.pid();
  }

  public Path log() {
    return log;
  }

  /// @throws JobException naming the log, with its last line, if the worker has ended
  public void requireAlive() {
    if (!process.isAlive()) {
      throw new JobException(
          FailureCode.INTERNAL,
          "the worker ended with exit code %d; its log %s ends with '%s'"
              .formatted(process.exitValue(), log, lastLine()));
    }
  }

  /// Lets it finish or hand back what it has, then ends it. Safe to call twice.
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(DRAIN_TIME.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private String lastLine() {
    try {
      return Files.readString(log)
          .lines()
          .filter(line -> !line.isBlank())
          .reduce((before, after) -> after)
          .orElse("(nothing)");
    } catch (IOException e) {
      return "(it cannot be read: " + e.getMessage() + ")";
    }
  }
}
