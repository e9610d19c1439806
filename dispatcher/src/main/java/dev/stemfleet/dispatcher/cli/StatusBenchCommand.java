package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.dispatcher.bench.StatusBench;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `stemfleet bench status`.
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "How long status takes for one batch among 100,000 results.",
    footerHeading = "%nExample:%n",
    footer = "  stemfleet bench status")
final class StatusBenchCommand implements Callable<Integer> {
  private final Surroundings here;
  @Mixin private BenchOptions options = new BenchOptions();

  @Option(names = "--batches", hidden = true, defaultValue = "100")
  private int batches = 100;

  @Option(names = "--tracks", hidden = true, defaultValue = "200")
  private int tracks = 200;

  StatusBenchCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() throws Exception {
    return options.print(
        here,
        new StatusBench(
                options.rounds(), batches, tracks, options.folder(here), here.screen()::note)
            .run());
  }
}
