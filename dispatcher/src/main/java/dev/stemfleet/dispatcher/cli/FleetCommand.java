package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.config.ConfigException;
import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.common.http.ListenAddress;
import dev.stemfleet.dispatcher.local.DeviceList;
import dev.stemfleet.dispatcher.local.OnExit;
import dev.stemfleet.dispatcher.local.Restarts;
import dev.stemfleet.dispatcher.local.WorkerArguments;
import dev.stemfleet.dispatcher.local.WorkerFleet;
import dev.stemfleet.dispatcher.local.WorkerProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `stemfleet fleet`: a worker for each device of this machine, until interrupted.
@Command(
    name = "fleet",
    mixinStandardHelpOptions = true,
    description = "Runs one worker per device of this machine, until interrupted.",
    footerHeading = "%nExample:%n",
    footer = "  stemfleet fleet --devices cuda:0,cuda:1 --model-memory 20GB")
final class FleetCommand implements Callable<Integer> {
  /// Beyond the grace period, for closing models and connections.
  private static final Duration LEAVING = Duration.ofSeconds(30);

  private final Surroundings here;
  @Mixin private FleetOptions fleet = new FleetOptions();

  @Option(
      names = "--devices",
      required = true,
      paramLabel = "DEVICES",
      description = "cpu, or cuda:0,cuda:1,...: each gets a process of its own.")
  private String devices = "";

  @Option(
      names = "--model-memory",
      paramLabel = "SIZE",
      description = "What resident models may take of each device. Default: all there is.")
  private @Nullable String modelMemory;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The workers are called NAME-cuda-0, ... Default: this host's name.")
  private @Nullable String name;

  @Option(
      names = "--cache-dir",
      paramLabel = "DIR",
      description = "Where encoded stems are kept, a folder per worker. Default: they choose.")
  private @Nullable Path cacheFolder;

  @Option(
      names = "--grace",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "What running jobs have when the fleet is asked to leave. Default: 60.")
  private int graceSeconds;

  @Option(
      names = "--http",
      paramLabel = ListenAddress.SYNTAX,
      description =
          "Where the first worker shows /metrics, /healthz and /readyz; the others take the ports"
              + " after it. Default: nowhere.")
  private @Nullable String http;

  @Option(names = "--dry-run", description = "Print the commands and start nothing.")
  private boolean dryRun;

  FleetCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    DeviceList list = DeviceList.parse(devices);
    if (graceSeconds < 0) {
      throw new ConfigException("--grace", "must not be negative");
    }
    WorkerProgram program = WorkerProgram.find(here.home());
    if (dryRun) {
      FleetSettings settings = fleet.settings(here);
      if (settings.bootstrapServers() == null && settings.kafkaConfig() == null) {
        throw new ConfigException("--bootstrap-servers", "is needed to show the commands");
      }
      commands(list, program, settings)
          .values()
          .forEach(command -> here.screen().line(shell(command)));
      return ExitCode.DONE;
    }
    try (Connection connection = Connection.open(fleet, here)) {
      return run(commands(list, program, connection.fleet()));
    }
  }

  private int run(SequencedMap<String, List<String>> commands)
      throws IOException, InterruptedException {
    Duration drain = Duration.ofSeconds(graceSeconds).plus(LEAVING);
    try (WorkerFleet running =
            WorkerFleet.start(commands, here.screen()::line, drain, Restarts.USUAL);
        OnExit exit = OnExit.close(running)) {
      try {
        running.await();
      } catch (RuntimeException e) {
        if (exit.begun()) {
          return ExitCode.DONE;
        }
        here.screen().error(String.valueOf(e.getMessage()));
        return ExitCode.FAILED;
      }
      return ExitCode.DONE;
    }
  }

  private SequencedMap<String, List<String>> commands(
      DeviceList list, WorkerProgram program, FleetSettings settings) throws IOException {
    String host = name == null ? InetAddress.getLocalHost().getHostName() : name;
    SequencedMap<String, List<String>> commands = new LinkedHashMap<>();
    for (String device : list.names()) {
      String id = host + "-" + DeviceList.plain(device);
      Path cache = cacheFolder == null ? null : here.absolute(cacheFolder).resolve(id);
      WorkerArguments arguments =
          new WorkerArguments(settings, device, id, cache, more(commands.size()));
      commands.put(device, program.command(List.of(), arguments.list()));
    }
    return commands;
  }

  /// @param number of the worker on this machine, from 0
  private List<String> more(int number) {
    List<String> more = new ArrayList<>(List.of("--with-parent"));
    more.addAll(List.of("--grace", Integer.toString(graceSeconds)));
    if (modelMemory != null) {
      more.addAll(List.of("--model-memory", modelMemory));
    }
    if (http != null) {
      more.addAll(List.of("--http", ListenAddress.parse(http).after(number).toString()));
    }
    return more;
  }

  /// As a shell takes it.
  private static String shell(List<String> command) {
    return command.stream()
        .map(
            word ->
                word.matches("[A-Za-z0-9_./:=,@%+-]+")
                    ? word
                    : "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "));
  }
}
