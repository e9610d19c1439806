package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.bench.BenchResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What all benches can be told; a mixin.
final class BenchOptions {
  @Mixin private FormatOption format = new FormatOption();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "How often every contender works. Default: 5")
  private int rounds = 5;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "Where the bench writes: the disk to be measured. Default: the system's temporary folder")
  private @Nullable Path folder;

  int rounds() {
    return rounds;
  }

  boolean json() {
    return format.json();
  }

  @Nullable Path folder(Surroundings here) {
    return folder == null ? null : here.absolute(folder);
  }

  /// Prints what was found: a table, or one line of JSON.
  int print(Surroundings here, BenchResult result) {
    (json() ? List.of(result.json()) : result.lines()).forEach(here.screen()::line);
    return ExitCode.DONE;
  }

  /// The same for the worker program.
  List<String> workerArguments(Surroundings here) {
    List<String> arguments = new ArrayList<>(List.of("--rounds", Integer.toString(rounds)));
    if (json()) {
      arguments.add("--json");
    }
    if (folder != null) {
      arguments.addAll(List.of("--dir", here.absolute(folder).toString()));
    }
    return arguments;
  }
}
