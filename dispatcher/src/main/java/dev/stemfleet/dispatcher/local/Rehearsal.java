package dev.stemfleet.dispatcher.local;

import dev.stemfleet.common.config.FleetLayer;
import dev.stemfleet.common.config.FleetSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Starts broker, worker and a command once, in a folder that is thrown away, so that later starts
/// are quick: see [QuickStart]. Called by `./stemfleet` after a build; what fails here only leaves
/// later starts slower.
public final class Rehearsal {
  private static final String COMMANDS = "dev.stemfleet.dispatcher.cli.Stemfleet";
  private static final int MOST_SECONDS = 120;

  private final Path home;
  private final Path scratch;
  private final QuickStart start;

  private Rehearsal(Path home, Path scratch) {
    this.home = home;
    this.scratch = scratch;
    this.start = QuickStart.of(home);
  }

  /// @param args the installation's folder
  public static void main(String[] args) throws IOException, InterruptedException {
    Path home = Path.of(args[0]).toAbsolutePath().normalize();
    Path scratch = Files.createTempDirectory("stemfleet-rehearsal");
    try {
      new Rehearsal(home, scratch).run();
    } finally {
      delete(scratch);
    }
  }

  private void run() throws IOException, InterruptedException {
    Files.createDirectories(start.folder());
    start.unpackRuntime(home.resolve("worker").resolve("target").resolve("lib"));
    LocalBroker.Options options =
        LocalBroker.Options.in(scratch.resolve("broker"))
            .startedWith(start.recording(QuickStart.BROKER));
    try (LocalBroker broker = LocalBroker.start(options)) {
      KeptBroker.setUp(broker.settings());
      Process worker = startedWorker(broker.bootstrapServers());
      // A JVM writes its cache as it ends; the two do so at the same time. Destroying the process
      // itself would close its output, which the writing does not survive.
      worker.toHandle().destroy();
      Process command = startedCommand(broker.bootstrapServers());
      ended(command, QuickStart.COMMAND);
      ended(worker, QuickStart.WORKER);
      // A broker's usual end would be cut short.
      ProcessHandle process = ProcessHandle.of(broker.pid()).orElseThrow();
      process.destroy();
      broker.awaitExit();
    }
    start.keep(QuickStart.BROKER);
  }

  private Process startedWorker(String servers) throws IOException {
    FleetLayer here =
        new FleetLayer(
            servers, null, null, scratch.resolve("out"), Map.of(), null, null, null, null);
    FleetSettings settings = FleetSettings.load(here, null, Map.of(), scratch, home);
    List<String> arguments =
        new WorkerArguments(settings, "cpu", "rehearsal", scratch.resolve("cache"), List.of())
            .list();
    Process worker =
        WorkerProgram.find(home)
            .withOptions(start.recording(QuickStart.WORKER))
            .process(List.of(), arguments)
            .redirectErrorStream(true)
            .start();
    // Its output ends when it does: whoever waits for more than one line would wait for that.
    BufferedReader said = worker.inputReader();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.contains(" ready ")) {
        Thread.ofPlatform().daemon().start(() -> drain(said));
        return worker;
      }
      System.out.println(line);
    }
    throw new IOException("the worker did not start");
  }

  /// With the options that this JVM was started with, which are those of every command.
  private Process startedCommand(String servers) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(start.recording(QuickStart.COMMAND));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), COMMANDS));
    command.addAll(List.of("status", "--bootstrap-servers", servers));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(scratch.resolve("command.log").toFile())
        .start();
  }

  private void ended(Process process, String program) throws IOException, InterruptedException {
    if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    start.keep(program);
  }

  private static void drain(BufferedReader said) {
    try (OutputStream nothing = OutputStream.nullOutputStream()) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        nothing.write(line.length());
      }
    } catch (IOException e) {
      System.out.println("the worker's output ended early: " + e.getMessage());
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
