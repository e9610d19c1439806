package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.dispatcher.bench.WholeBench;
import dev.stemfleet.dispatcher.local.WorkerProgram;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `stemfleet bench whole`.
@Command(
    name = "whole",
    mixinStandardHelpOptions = true,
    description = "A cold local run of one track for three channels, against the track's length.",
    footerHeading = "%nExample:%n",
    footer = "  stemfleet bench whole")
final class WholeBenchCommand implements Callable<Integer> {
  private final Surroundings here;
  @Mixin private CatalogOptions catalog = new CatalogOptions();
  @Mixin private BenchOptions options = new BenchOptions();

  @Option(names = "--seconds", defaultValue = "240", hidden = true)
  private int seconds = 240;

  WholeBenchCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() throws Exception {
    double until = ManagementFactory.getRuntimeMXBean().getUptime() / 1e3;
    FleetSettings settings = catalog.settings(here);
    WorkerProgram program = WorkerProgram.find(here.home());
    return BenchFolder.with(
        options,
        here,
        folder ->
            new WholeBench(program, settings.assets(), folder, until, options.rounds(), seconds)
                .run());
  }
}
