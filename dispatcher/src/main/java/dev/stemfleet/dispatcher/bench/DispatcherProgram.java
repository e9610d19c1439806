package dev.stemfleet.dispatcher.bench;

import dev.stemfleet.common.config.FleetSettings;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The dispatcher's own program as a new process.
final class DispatcherProgram {
  private static final String MAIN = "dev.stemfleet.dispatcher.cli.Stemfleet";

  private DispatcherProgram() {}

  /// The command line, with the options that this JVM has: those of the launcher.
  static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-Dstemfleet.home=" + FleetSettings.home());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
    command.addAll(List.of(arguments));
    return command;
  }
}
