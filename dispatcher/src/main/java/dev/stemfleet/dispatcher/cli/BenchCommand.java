package dev.stemfleet.dispatcher.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `stemfleet bench`: how fast this machine is, each figure beside a yardstick taken in the same
/// run.
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures this machine, each figure beside a yardstick taken in the same run.",
    footerHeading = "%nExample:%n",
    footer = "  stemfleet bench still-video")
final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create(); // picocli puts the real one here

  @Override
  public void run() {
    String names = String.join(", ", spec.subcommands().keySet());
    throw new ParameterException(spec.commandLine(), "one of " + names + " is missing");
  }
}
