package dev.stemfleet.dispatcher.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `stemfleet models`: what there is to separate with.
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    description = "Lists, verifies, evaluates, adds and fetches models.",
    footerHeading = "%nExample:%n",
    footer = "  stemfleet models list")
final class ModelsCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create(); // picocli puts the real one here

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "list, verify, evaluate, add or fetch is missing");
  }
}
