package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.dispatcher.local.WorkerProgram;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// A bench that is part of the worker program.
@Command(mixinStandardHelpOptions = true)
final class WorkerBenchCommand implements Callable<Integer> {
  private final Surroundings here;
  private final String bench;
  @Mixin private CatalogOptions catalog = new CatalogOptions();
  @Mixin private BenchOptions options = new BenchOptions();

  private WorkerBenchCommand(Surroundings here, String bench) {
    this.here = here;
    this.bench = bench;
  }

  /// @param bench its name, here and in the worker program
  /// @param description for the help
  static CommandLine of(Surroundings here, String bench, String description) {
    CommandLine command = new CommandLine(new WorkerBenchCommand(here, bench));
    command.getCommandSpec().name(bench).usageMessage().description(description);
    command
        .getCommandSpec()
        .usageMessage()
        .footerHeading("%nExample:%n")
        .footer("  stemfleet bench " + bench);
    return command;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    FleetSettings settings = catalog.settings(here);
    List<String> arguments = new ArrayList<>(List.of("bench", bench));
    arguments.addAll(List.of("--assets", settings.assets().toString()));
    arguments.addAll(List.of("--models", settings.models().toString()));
    arguments.addAll(options.workerArguments(here));
    return WorkerProgram.find(here.home()).run(arguments);
  }
}
