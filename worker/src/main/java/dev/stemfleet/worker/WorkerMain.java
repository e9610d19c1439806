package dev.stemfleet.worker;

import dev.stemfleet.worker.bench.BenchCommand;
import dev.stemfleet.worker.evaluate.EvaluateCommand;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The worker program: parse, open, join, exit code. Started by `stemfleet worker`, `local` and the
/// images.
@Command(
    name = "stemfleet-worker",
    description = "Takes jobs from the queue and makes stem videos.",
    subcommands = {
      RunCommand.class,
      PreviewCommand.class,
      CacheTestCommand.class,
      EvaluateCommand.class,
      VerifyCommand.class,
      InspectCommand.class,
      BenchCommand.class
    })
public final class WorkerMain {
  private static final String LOG_SETTINGS = "logback.configurationFile";

  private WorkerMain() {}

  public static void main(String[] arguments) {
    // AWT draws pictures in memory only.
    System.setProperty("java.awt.headless", "true");
    // Before the first logger: whatever else is on the class path, a worker logs as a worker.
    if (System.getProperty(LOG_SETTINGS) == null) {
      System.setProperty(LOG_SETTINGS, "dev/stemfleet/worker/logback.xml");
    }
    System.exit(program().execute(arguments));
  }

  /// The program without its process: what it can be told to do, and its exit codes.
  static CommandLine program() {
    CommandLine program = new CommandLine(new WorkerMain());
    Objects.requireNonNull(program.getSubcommands().get("bench"))
        .addSubcommand(new QueueBenchCommand());
    return program.setExecutionExceptionHandler(
        (e, line, parsed) -> {
          OneLine.print(line.getErr(), e);
          return OneLine.exitCode(e);
        });
  }
}
