package dev.stemfleet.worker.bench;

import dev.stemfleet.common.bench.BenchResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What all benches can be told; a mixin.
final class BenchOptions {
  @Option(names = "--rounds", defaultValue = "5")
  private int rounds = 5;

  @Option(names = "--json")
  private boolean json;

  @Option(names = "--dir", paramLabel = "DIR")
  private @Nullable Path folder;

  int rounds() {
    return rounds;
  }

  /// A new folder for what the bench writes, on the disk to be measured; the caller removes it.
  Path workFolder() throws IOException {
    return folder == null
        ? Files.createTempDirectory("stemfleet-bench")
        : Files.createTempDirectory(Files.createDirectories(folder), "stemfleet-bench");
  }

  /// What the bench is doing, while it is.
  void say(String line) {
    System.err.println(line);
  }

  /// Prints what was found: a table, or one line of JSON.
  int print(BenchResult result) {
    (json ? java.util.List.of(result.json()) : result.lines()).forEach(System.out::println);
    return 0;
  }
}
