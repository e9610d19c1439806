package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.dispatcher.bench.QueueBench;
import dev.stemfleet.dispatcher.local.WorkerProgram;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `stemfleet bench queue`.
@Command(
    name = "queue",
    mixinStandardHelpOptions = true,
    description = "What the queue costs per job, and how evenly four workers share.",
    footerHeading = "%nExample:%n",
    footer = "  stemfleet bench queue")
final class QueueBenchCommand implements Callable<Integer> {
  private final Surroundings here;
  @Mixin private BenchOptions options = new BenchOptions();

  @Option(names = "--empty-jobs", hidden = true, defaultValue = "5000")
  private int emptyJobs = 5000;

  @Option(names = "--short-jobs", hidden = true, defaultValue = "400")
  private int shortJobs = 400;

  QueueBenchCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() throws Exception {
    WorkerProgram program = WorkerProgram.find(here.home());
    return options.print(
        here,
        new QueueBench(
                program,
                options.rounds(),
                emptyJobs,
                shortJobs,
                options.folder(here),
                here.screen()::note)
            .run());
  }
}
