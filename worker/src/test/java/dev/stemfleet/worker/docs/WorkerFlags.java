package dev.stemfleet.worker.docs;

import dev.stemfleet.worker.WorkerMain;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/// The flags of the worker program's command `run`, which is no public class.
final class WorkerFlags {
  private WorkerFlags() {}

  /// All of them.
  static Set<String> names() {
    return run().optionsMap().keySet();
  }

  /// Those that only a worker has, without what says which fleet is meant.
  static Set<String> own() {
    return run().options().stream()
        .filter(option -> option.userObject().toString().contains("RunCommand."))
        .flatMap(option -> Stream.of(option.names()))
        .collect(Collectors.toSet());
  }

  private static CommandSpec run() {
    return Arrays.stream(WorkerMain.class.getAnnotation(Command.class).subcommands())
        .filter(type -> type.getSimpleName().equals("RunCommand"))
        .map(type -> new CommandLine(type).getCommandSpec())
        .findFirst()
        .orElseThrow();
  }
}
