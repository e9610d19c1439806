package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.dispatcher.local.WorkerProgram;
import dev.stemfleet.dispatcher.show.CacheReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `stemfleet cache`: what the workers' caches hold, why, and whether they work.
@Command(
    name = "cache",
    mixinStandardHelpOptions = true,
    description = "Shows, explains and tests the caches of the workers.",
    footerHeading = "%nExample:%n",
    footer = "  stemfleet cache explain")
final class CacheCommand implements Runnable {
  private final Surroundings here;
  @Spec private CommandSpec spec = CommandSpec.create(); // picocli puts the real one here

  CacheCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "one of info, explain and test is missing");
  }

  @Command(
      name = "info",
      mixinStandardHelpOptions = true,
      description = "Hits, loads and contents of every cache of every worker.",
      footerHeading = "%nExample:%n",
      footer = "  stemfleet cache info --format json")
  int info(@Mixin FleetOptions fleet, @Mixin FormatOption format) throws IOException {
    CacheReport report = report(fleet);
    List<String> lines =
        format.json() ? report.json().stream().map(JsonLine::of).toList() : report.lines();
    lines.forEach(here.screen()::line);
    return ExitCode.DONE;
  }

  @Command(
      name = "explain",
      mixinStandardHelpOptions = true,
      description = "What is cached and why, in plain words, with this fleet's numbers.",
      footerHeading = "%nExample:%n",
      footer = "  stemfleet cache explain")
  int explain(@Mixin FleetOptions fleet) throws IOException {
    report(fleet).explanation().forEach(here.screen()::line);
    return ExitCode.DONE;
  }

  @Command(
      name = "test",
      mixinStandardHelpOptions = true,
      description =
          "Asks for the model twice here: the first time must be a miss, the second a hit.",
      footerHeading = "%nExample:%n",
      footer = "  stemfleet cache test --device cpu")
  int test(
      @Mixin FleetOptions fleet,
      @Option(
              names = "--device",
              paramLabel = "DEVICE",
              defaultValue = "cpu",
              description = "cpu, cuda:0, ... or auto. Default: cpu")
          String device)
      throws IOException, InterruptedException {
    FleetSettings settings = fleet.settings(here);
    List<String> arguments = new ArrayList<>(List.of("cache-test", "--device", device));
    arguments.addAll(List.of("--assets", settings.assets().toString()));
    arguments.addAll(List.of("--models", settings.models().toString()));
    arguments.addAll(List.of("--model", settings.model()));
    return WorkerProgram.find(here.home()).run(arguments);
  }

  private CacheReport report(FleetOptions fleet) throws IOException {
    try (Connection connection = Connection.open(fleet, here)) {
      return new CacheReport(History.read(connection.clients(), here));
    }
  }
}
