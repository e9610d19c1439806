package dev.stemfleet.worker.fleet;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// A worker in a process of its own, in a folder of its own.
public final class WorkerUnderTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String id;
  private final Process process;
  private final Path log;

  private WorkerUnderTest(String id, Process process, Path log) {
    this.id = id;
    this.process = process;
    this.log = log;
  }

  /// @param jvm options of its JVM beside ours, with the class path
  static WorkerUnderTest start(
      Path folder,
      String id,
      Map<String, String> environment,
      List<String> jvm,
      List<String> arguments) {
    try {
      // Another folder than the tests': nothing may depend on where a worker is started.
      Path home = Files.createDirectories(folder.resolve("home-" + id));
      Path log = folder.resolve(id + ".log");
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(
          List.of(
              "--enable-native-access=ALL-UNNAMED",
              "--sun-misc-unsafe-memory-access=allow",
              "-Xmx256m",
              "-XX:MaxDirectMemorySize=2g",
              "-XX:+UseSerialGC",
              "-XX:TieredStopAtLevel=1"));
      command.addAll(jvm);
      command.addAll(List.of("dev.stemfleet.worker.WorkerMain", "run"));
      command.addAll(arguments);
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(home.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .redirectInput(new File("/dev/null"));
      builder.environment().putAll(environment);
      return new WorkerUnderTest(id, builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The worker's name in events and results.
  public String id() {
    return id;
  }

  /// Waits until it takes work.
  public void awaitReady() {
    awaitLog(text -> text.contains(" ready "));
  }

  /// Waits until its log says something.
  public void awaitLog(Predicate<String> wanted) {
    Instant end = Instant.now().plus(PATIENCE);
    while (!wanted.test(log())) {
      if (!process.isAlive() || Instant.now().isAfter(end)) {
        String state = process.isAlive() ? "alive" : "exit code " + process.exitValue();
        throw new AssertionError(
            "the worker (%s) does not log what is wanted:%n%s".formatted(state, log()));
      }
      pause();
    }
  }

  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /// SIGKILL.
  public void kill() {
    process.destroyForcibly();
    awaitExit();
  }

  /// SIGTERM.
  public void terminate() {
    process.destroy();
  }

  /// SIGSTOP or SIGCONT.
  public void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public int awaitExit() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("the worker does not end:\n" + log());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /// Between two looks at a log: a poll interval, not a wait for luck.
  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
