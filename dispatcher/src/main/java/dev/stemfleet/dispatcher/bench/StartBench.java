package dev.stemfleet.dispatcher.bench;

import dev.stemfleet.common.bench.BenchFailure;
import dev.stemfleet.common.bench.BenchResult;
import dev.stemfleet.common.bench.BenchResult.Target;
import dev.stemfleet.common.bench.Contender;
import dev.stemfleet.common.bench.Machine;
import dev.stemfleet.common.bench.Rounds;
import dev.stemfleet.common.config.FleetLayer;
import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.dispatcher.local.KeptBroker;
import dev.stemfleet.dispatcher.local.LocalBroker;
import dev.stemfleet.dispatcher.local.WorkerArguments;
import dev.stemfleet.dispatcher.local.WorkerProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How long a worker needs from exec to "ready": with the built-in model, with a large one, and
/// without what lies ready for quick starts. The yardstick for the large model is a process that
/// only opens its session.
///
/// @param program with the options of usual starts
/// @param assets of the installation
/// @param folder that is the bench's own
/// @param megabytes of the large model's weights
public record StartBench(
    WorkerProgram program, Path assets, Path folder, int rounds, int megabytes) {
  private static final String BUILTIN = "worker, built-in model";
  private static final String PLAIN = "the same without caches";
  private static final String LARGE = "worker, large model";
  private static final String BARE = "bare session of the large model";

  /// @throws BenchFailure if a worker does not get ready
  public BenchResult run() throws Exception {
    Machine machine = Machine.here();
    Path models = Files.createDirectories(folder.resolve("models"));
    Path network = LargeModel.write(models, megabytes);
    try (LocalBroker broker = LocalBroker.start(LocalBroker.Options.in(folder.resolve("broker")))) {
      KeptBroker.setUp(broker.settings());
      WorkerStart builtin = start(program, broker, assets.resolve("models"), "builtin");
      WorkerStart plain =
          start(program.withOptions(List.of()), broker, assets.resolve("models"), "builtin");
      WorkerStart large = start(program, broker, models, LargeModel.ID);
      List<Double> loads = new ArrayList<>();
      // Files into memory, and what the first start of all writes.
      builtin.run();
      large.run();
      Rounds found =
          Rounds.run(
              rounds,
              List.of(
                  new Contender(BUILTIN, () -> builtin.run().seconds()),
                  new Contender(PLAIN, () -> plain.run().seconds()),
                  new Contender(BARE, () -> bare(network)),
                  new Contender(LARGE, () -> noted(large.run(), loads))));
      return result(machine, found, loads);
    }
  }

  private WorkerStart start(WorkerProgram with, LocalBroker broker, Path models, String model) {
    FleetLayer said =
        new FleetLayer(
            broker.bootstrapServers(),
            null,
            null,
            folder.resolve("out"),
            Map.of(),
            assets,
            models,
            model,
            null);
    FleetSettings settings = FleetSettings.load(said, null, Map.of(), folder, folder);
    WorkerArguments arguments =
        new WorkerArguments(settings, "cpu", "bench", folder.resolve("cache"), List.of());
    return new WorkerStart(with.command(List.of(), arguments.list()));
  }

  private double bare(Path network) throws Exception {
    Process process =
        program
            .process(List.of(), List.of("bench", "session", "--file", network.toString()))
            .redirectErrorStream(true)
            .start();
    String said =
        new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
            .strip();
    if (process.waitFor() != 0) {
      throw new BenchFailure("the bare session: " + said);
    }
    return Double.parseDouble(said.lines().reduce((first, last) -> last).orElse(""));
  }

  private static double noted(WorkerStart.Ready ready, List<Double> loads) {
    loads.add(ready.loadSeconds());
    return ready.seconds();
  }

  private BenchResult result(Machine machine, Rounds found, List<Double> loads) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("seconds", found.median(BUILTIN));
    figures.put("ratio", extra(found));
    figures.put("large_seconds", found.median(LARGE));
    figures.put("large_load_seconds", Rounds.median(loads));
    figures.put("large_to_bare_ratio", found.ratio(LARGE, BARE));
    figures.put("caches_ratio", found.ratio(BUILTIN, PLAIN));
    return new BenchResult(
        "start",
        ("worker JVM from exec to \"ready\", the broker runs; ratio: what a model of %d MB adds to"
                + " the start with the built-in one, to the opening of its session alone")
            .formatted(megabytes),
        figures,
        List.of(Target.atMost("seconds", 1.5), Target.atMost("ratio", 1.1)),
        found.seconds(),
        machine);
  }

  /// Round by round: what the large model adds, as a share of its bare session.
  private static double extra(Rounds found) {
    List<Double> shares = new ArrayList<>();
    for (int round = 0; round < times(found, LARGE).size(); round++) {
      double added = times(found, LARGE).get(round) - times(found, BUILTIN).get(round);
      shares.add(added / times(found, BARE).get(round));
    }
    return Rounds.median(shares);
  }

  private static List<Double> times(Rounds found, String contender) {
    return found.seconds().getOrDefault(contender, List.of());
  }
}
