package dev.stemfleet.dispatcher.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `stemfleet channels`: what there is to publish on.
@Command(
    name = "channels",
    mixinStandardHelpOptions = true,
    description = "Lists, checks and shows channels.",
    footerHeading = "%nExample:%n",
    footer = "  stemfleet channels preview main --stem drums --out main.png")
final class ChannelsCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create(); // picocli puts the real one here

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "list, check or preview is missing");
  }
}
