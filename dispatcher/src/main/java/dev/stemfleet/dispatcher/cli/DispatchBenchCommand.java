package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.dispatcher.bench.DispatchBench;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `stemfleet bench dispatch`.
@Command(
    name = "dispatch",
    mixinStandardHelpOptions = true,
    description = "How many jobs a second are planned and sent, in how much memory.",
    footerHeading = "%nExample:%n",
    footer = "  stemfleet bench dispatch")
final class DispatchBenchCommand implements Callable<Integer> {
  private final Surroundings here;
  @Mixin private BenchOptions options = new BenchOptions();

  @Option(names = "--tracks", hidden = true, defaultValue = "20000")
  private int tracks = 20_000;

  DispatchBenchCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() throws Exception {
    return options.print(
        here,
        new DispatchBench(options.rounds(), tracks, options.folder(here), here.screen()::note)
            .run());
  }
}
