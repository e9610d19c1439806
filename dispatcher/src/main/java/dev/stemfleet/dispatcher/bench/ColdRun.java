package dev.stemfleet.dispatcher.bench;

import com.fasterxml.uuid.Generators;
import dev.stemfleet.common.bench.BenchFailure;
import dev.stemfleet.common.config.FleetLayer;
import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.dispatcher.local.KeptBroker;
import dev.stemfleet.dispatcher.local.LocalBroker;
import dev.stemfleet.dispatcher.local.LocalFleet;
import dev.stemfleet.dispatcher.local.LocalRun;
import dev.stemfleet.dispatcher.local.StateFolder;
import dev.stemfleet.dispatcher.local.WorkerProgram;
import dev.stemfleet.dispatcher.show.PlainProgress;
import dev.stemfleet.dispatcher.submit.JobFields;
import dev.stemfleet.dispatcher.submit.Roots;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/// One local run of one track in new folders, with a new worker. The broker runs before.
///
/// @param program of the worker
/// @param assets of the installation
/// @param channels by key
record ColdRun(WorkerProgram program, Path assets, List<String> channels) {
  /// Looks on while the run goes on.
  interface Watching extends AutoCloseable {
    /// Everything has ended, the worker still lives.
    void ended(LocalRun.Outcome outcome) throws IOException;

    @Override
    void close();
  }

  /// Begins to watch.
  interface Watcher {
    /// @param out the output folder
    /// @param state the folder of the worker's caches
    Watching watch(long workerPid, Path out, Path state);
  }

  /// @param wallSeconds from the start of the worker's process to the last result
  record Ran(double wallSeconds, LocalRun.Outcome outcome) {}

  /// @param folder new, for broker, caches and outputs
  /// @throws BenchFailure if a job does not succeed
  Ran run(Path folder, BenchTrack track, Watcher watcher) throws IOException {
    LocalBroker.Options options = LocalBroker.Options.in(folder.resolve("broker"));
    try (LocalBroker broker = LocalBroker.start(options)) {
      FleetSettings settings = settings(folder, track, broker);
      KeptBroker.setUp(broker.settings());
      StateFolder state = new StateFolder(folder.resolve("state"));
      long start = System.nanoTime();
      try (LocalFleet fleet = LocalFleet.start(settings, program, state, broker);
          Watching watching = watcher.watch(fleet.workerPid(), settings.out(), state.folder());
          PlainProgress quiet = new PlainProgress(nowhere());
          LocalRun run = new LocalRun(fleet, quiet, Clock.systemUTC())) {
        LocalRun.Outcome outcome = run.run(List.of(track.inputs()), fields(), ColdRun::newId);
        double wallSeconds = (System.nanoTime() - start) / 1e9;
        if (!outcome.allWell() || outcome.results().size() != channels.size()) {
          throw new BenchFailure("not every job succeeded: " + outcome);
        }
        watching.ended(outcome);
        return new Ran(wallSeconds, outcome);
      }
    }
  }

  private FleetSettings settings(Path folder, BenchTrack track, LocalBroker broker) {
    FleetLayer said =
        new FleetLayer(
            broker.bootstrapServers(),
            null,
            null,
            folder.resolve("out"),
            Roots.covering(List.of(track.file())),
            assets,
            null,
            null,
            null);
    return FleetSettings.load(said, null, Map.of(), folder, folder);
  }

  private JobFields fields() {
    return new JobFields("bench", channels, List.of(), List.of(), null, null, null, null);
  }

  private static String newId() {
    return Generators.timeBasedEpochGenerator().generate().toString();
  }

  private static PrintStream nowhere() {
    return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
  }
}
