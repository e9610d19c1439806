package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.bench.BenchResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// Runs a bench in a folder of its own, which is removed afterwards, and prints what it found.
final class BenchFolder {
  private BenchFolder() {}

  /// A bench that writes to a folder.
  @FunctionalInterface
  interface Bench {
    BenchResult run(Path folder) throws Exception;
  }

  /// @return the exit code
  static int with(BenchOptions options, Surroundings here, Bench bench) throws Exception {
    Path disk = options.folder(here);
    Path folder =
        disk == null
            ? Files.createTempDirectory("stemfleet-bench")
            : Files.createTempDirectory(Files.createDirectories(disk), "stemfleet-bench");
    try {
      return options.print(here, bench.run(folder));
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
