package dev.stemfleet.dispatcher.local;

import dev.stemfleet.common.config.ConfigException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The worker program of an installation, started as a JVM of its own: the dispatcher has neither
/// models nor codecs inside.
///
/// @param java the `java` program
/// @param classPath the worker's jar and its libraries
/// @param options of every worker's JVM that make its start quicker
public record WorkerProgram(Path java, String classPath, List<String> options) {
  private static final String MAIN = "dev.stemfleet.worker.WorkerMain";
  private static final String FFMPEG = "org.bytedeco.javacpp.cachedir";

  public WorkerProgram {
    options = List.copyOf(options);
  }

  /// A program that starts as the JVM alone makes it start.
  public WorkerProgram(Path java, String classPath) {
    this(java, classPath, List.of());
  }

  /// Finds the worker that was built in an installation.
  ///
  /// @param home see [dev.stemfleet.common.config.FleetSettings#home()]
  /// @throws ConfigException if it was not built
  public static WorkerProgram find(Path home) {
    Path target = home.resolve("worker").resolve("target");
    Path jar = jarIn(target);
    Path lib = target.resolve("lib");
    if (!Files.isDirectory(lib)) {
      throw new ConfigException(lib, "no such folder; build the worker: ./mvnw -Dquick package");
    }
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    WorkerProgram program =
        new WorkerProgram(java, jar + File.pathSeparator + lib.resolve("*"), List.of());
    QuickStart start = QuickStart.of(home);
    List<String> options = new ArrayList<>(start.options(QuickStart.WORKER));
    options.addAll(unpacked(start, lib));
    // Images have FFmpeg's libraries unpacked where nobody may write.
    String ffmpeg = System.getProperty(FFMPEG);
    if (ffmpeg != null) {
      options.add("-D" + FFMPEG + "=" + ffmpeg);
    }
    return program.withOptions(options);
  }

  /// The same program, its JVM started with other options than ours.
  public WorkerProgram withOptions(List<String> others) {
    return new WorkerProgram(java, classPath, others);
  }

  /// The command line of a worker process.
  ///
  /// @param jvmOptions before the class path, for example `-Xmx512m`
  public List<String> command(List<String> jvmOptions, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(options);
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", classPath, MAIN));
    command.addAll(arguments);
    return command;
  }

  /// A worker process that is not yet started; the caller decides where its output goes.
  public ProcessBuilder process(List<String> jvmOptions, List<String> arguments) {
    return new ProcessBuilder(command(jvmOptions, arguments));
  }

  /// Runs the worker program with this process's own input and output until it ends.
  ///
  /// @return its exit code
  /// @throws IOException if it cannot be started
  /// @throws InterruptedException if this thread is interrupted; the worker is ended first
  public int run(List<String> arguments) throws IOException, InterruptedException {
    Process process = process(List.of(), arguments).inheritIO().start();
    try {
      return process.waitFor();
    } finally {
      process.destroy();
    }
  }

  private static List<String> unpacked(QuickStart start, Path lib) {
    try {
      return start.runtimeOptions(lib);
    } catch (IOException e) {
      throw new ConfigException(lib, "cannot be read: " + e.getMessage());
    }
  }

  private static Path jarIn(Path target) {
    if (Files.isDirectory(target)) {
      try (Stream<Path> files = Files.list(target)) {
        List<Path> jars = files.filter(WorkerProgram::isProgram).sorted().toList();
        if (!jars.isEmpty()) {
          return jars.getFirst();
        }
      } catch (IOException e) {
        throw new ConfigException(target, "cannot be read: " + e.getMessage());
      }
    }
    throw new ConfigException(
        target, "there is no stemfleet-worker-*.jar; build it: ./mvnw -Dquick package");
  }

  private static boolean isProgram(Path file) {
    String name = file.getFileName().toString();
    return name.matches("stemfleet-worker-.*\\.jar")
        && !name.matches(".*-(tests|sources|javadoc)\\.jar");
  }
}
