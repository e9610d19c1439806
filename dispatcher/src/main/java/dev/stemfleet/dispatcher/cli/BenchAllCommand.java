package dev.stemfleet.dispatcher.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `stemfleet bench all`: every bench, one after the other.
@Command(
    name = "all",
    mixinStandardHelpOptions = true,
    description = "Every bench, one after the other; over an hour on two cores.",
    footerHeading = "%nExample:%n",
    footer = "  stemfleet bench all --format json")
final class BenchAllCommand implements Callable<Integer> {
  private final Surroundings here;
  @Mixin private BenchOptions options = new BenchOptions();
  @Spec private CommandSpec spec = CommandSpec.create(); // picocli puts the real one here

  BenchAllCommand(Surroundings here) {
    this.here = here;
  }

  /// One that fails does not keep the others from running.
  @Override
  public Integer call() {
    int worst = ExitCode.DONE;
    for (Map.Entry<String, CommandLine> bench : spec.parent().subcommands().entrySet()) {
      if (!bench.getKey().equals(spec.name())) {
        here.screen().err().println("bench " + bench.getKey());
        worst = Math.max(worst, bench.getValue().execute(arguments()));
      }
    }
    return worst;
  }

  private String[] arguments() {
    List<String> arguments = new ArrayList<>(List.of("--rounds=" + options.rounds()));
    if (options.json()) {
      arguments.add("--format=json");
    }
    Path folder = options.folder(here);
    if (folder != null) {
      arguments.add("--dir=" + folder);
    }
    return arguments.toArray(String[]::new);
  }
}
