package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.dispatcher.bench.StartBench;
import dev.stemfleet.dispatcher.local.WorkerProgram;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `stemfleet bench start`.
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    description = "A worker from exec to ready, against the bare opening of its model.",
    footerHeading = "%nExample:%n",
    footer = "  stemfleet bench start")
final class StartBenchCommand implements Callable<Integer> {
  private final Surroundings here;
  @Mixin private CatalogOptions catalog = new CatalogOptions();
  @Mixin private BenchOptions options = new BenchOptions();

  @Option(names = "--megabytes", defaultValue = "300", hidden = true)
  private int megabytes = 300;

  StartBenchCommand(Surroundings here) {
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
            new StartBench(program, settings.assets(), folder, options.rounds(), megabytes).run());
  }
}
