package dev.stemfleet.dispatcher.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// One worker of a fleet on this machine: a child process that has one device. Its lines are handed
/// on with the device before them. It leaves when this process ends, in whatever way. Thread-safe.
final class PinnedWorker {
  private final String device;
  private final Process process;
  private final Thread reading;
  private volatile String lastLine = "(it said nothing)";

  private PinnedWorker(String device, Process process, Consumer<String> lines) {
    this.device = device;
    this.process = process;
    this.reading =
        Thread.ofPlatform()
            .name("stemfleet-output-" + device)
            .daemon()
            .unstarted(() -> handOn(lines));
  }

  /// @param command of the process, which must leave when its standard input ends
  /// @param lines takes its output line by line, on a thread of the worker's own
  static PinnedWorker start(String device, List<String> command, Consumer<String> lines)
      throws IOException {
    Process process =
        new ProcessBuilder(Unheard.command(command)).redirectErrorStream(true).start();
    PinnedWorker worker = new PinnedWorker(device, process, lines);
    worker.reading.start();
    return worker;
  }

  String device() {
    return device;
  }

  /// Completed when the process has ended.
  CompletableFuture<PinnedWorker> ended() {
    return process.onExit().thenApply(_ -> this);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// Only once it has ended.
  int exitCode() {
    return process.exitValue();
  }

  /// What it said last, in most cases why it ended. Only once it has ended: waits for its output.
  String lastLine() throws InterruptedException {
    reading.join();
    return lastLine;
  }

  /// Asks it to finish or hand back what it has, and to leave.
  void drain() {
    process.toHandle().destroy();
  }

  void kill() {
    process.destroyForcibly();
  }

  private void handOn(Consumer<String> lines) {
    try (BufferedReader said = process.inputReader()) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        if (!line.isBlank()) {
          lastLine = line;
        }
        lines.accept("[" + device + "] " + line);
      }
    } catch (IOException e) {
      lines.accept("[" + device + "] (its output ended early: " + e.getMessage() + ")");
    }
  }
}
