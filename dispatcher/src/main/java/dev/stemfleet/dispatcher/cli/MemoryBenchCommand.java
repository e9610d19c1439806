package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.dispatcher.bench.MemoryBench;
import dev.stemfleet.dispatcher.local.WorkerProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `stemfleet bench memory`. Once, whatever `--rounds` says: a peak has no median.
@Command(
    name = "memory",
    mixinStandardHelpOptions = true,
    description = "Memory and disk that a track of 3 hours takes, against one of 5 minutes.",
    footerHeading = "%nExample:%n",
    footer = "  stemfleet bench memory --dir /data")
final class MemoryBenchCommand implements Callable<Integer> {
  private final Surroundings here;
  @Mixin private CatalogOptions catalog = new CatalogOptions();
  @Mixin private BenchOptions options = new BenchOptions();

  @Option(names = "--seconds", defaultValue = "10800", hidden = true)
  private int seconds = 10_800;

  @Option(names = "--short-seconds", defaultValue = "300", hidden = true)
  private int shortSeconds = 300;

  @Option(
      names = "--channels",
      split = ",",
      defaultValue = "main,backup,sample-split",
      hidden = true)
  private List<String> channels = new ArrayList<>();

  MemoryBenchCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() throws Exception {
    FleetSettings settings = catalog.settings(here);
    WorkerProgram program = WorkerProgram.find(here.home());
    return BenchFolder.with(
        options,
        here,
        folder ->
            new MemoryBench(program, settings.assets(), folder, seconds, shortSeconds, channels)
                .run());
  }
}
