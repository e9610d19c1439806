package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.http.ListenAddress;
import dev.stemfleet.dispatcher.local.WorkerArguments;
import dev.stemfleet.dispatcher.local.WorkerProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `stemfleet worker`: one worker here, until interrupted.
@Command(
    name = "worker",
    mixinStandardHelpOptions = true,
    description = "Runs one worker on one device of this machine, until interrupted.",
    footerHeading = "%nExample:%n",
    footer = "  stemfleet worker --device cpu --root music=/mnt/nas/music --out /mnt/nas/out")
final class WorkerCommand implements Callable<Integer> {
  private final Surroundings here;
  @Mixin private FleetOptions fleet = new FleetOptions();

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "cpu",
      description = "cpu, cuda:0, ... or auto. Default: cpu")
  private String device = "cpu";

  @Option(
      names = "--worker-id",
      paramLabel = "ID",
      description = "Unique in the fleet. Default: the worker chooses.")
  private @Nullable String workerId;

  @Option(
      names = "--model-memory",
      paramLabel = "SIZE",
      description =
          "What resident models may take of the device together, as 8GB. Default: all there is.")
  private @Nullable String modelMemory;

  @Option(
      names = "--cache-dir",
      paramLabel = "DIR",
      description = "Where encoded stems are kept, this worker's own. Default: the worker chooses.")
  private @Nullable Path cacheFolder;

  @Option(
      names = "--http",
      paramLabel = ListenAddress.SYNTAX,
      description = "Where /metrics, /healthz and /readyz are shown. Default: nowhere.")
  private @Nullable String http;

  WorkerCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    WorkerProgram program = WorkerProgram.find(here.home());
    try (Connection connection = Connection.open(fleet, here)) {
      List<String> arguments =
          new WorkerArguments(
                  connection.fleet(),
                  device,
                  workerId,
                  cacheFolder == null ? null : here.folder().resolve(cacheFolder),
                  more())
              .list();
      return program.run(arguments);
    }
  }

  private List<String> more() {
    List<String> more = new ArrayList<>();
    if (modelMemory != null) {
      more.addAll(List.of("--model-memory", modelMemory));
    }
    if (http != null) {
      more.addAll(List.of("--http", ListenAddress.parse(http).toString()));
    }
    return more;
  }
}
