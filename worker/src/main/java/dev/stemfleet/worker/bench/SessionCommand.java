package dev.stemfleet.worker.bench;

import dev.stemfleet.worker.model.BareSession;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The yardstick of `bench start`: opens one network, in a process that does nothing else, and
/// prints how many seconds that took.
@Command(name = "session", description = "Opens one network and prints the seconds.")
final class SessionCommand implements Callable<Integer> {
  @Option(names = "--file", required = true, paramLabel = "FILE")
  private Path file = Path.of("");

  @Override
  public Integer call() throws Exception {
    System.out.printf(Locale.ROOT, "%.6f%n", BareSession.seconds(file, 0));
    return 0;
  }
}
