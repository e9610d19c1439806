package dev.stemfleet.dispatcher.bench;

import dev.stemfleet.common.config.FleetSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The dispatcher's own program as a new process.
final class DispatcherProgram {
  private static final String MAIN = "dev.stemfleet.dispatcher.cli.Stemfleet";

  private DispatcherProgram() {}

  /// The command line, with what the launcher gives to Java.
  static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.add("-Dstemfleet.home=" + FleetSettings.home());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
    command.addAll(List.of(arguments));
    return command;
  }
}
