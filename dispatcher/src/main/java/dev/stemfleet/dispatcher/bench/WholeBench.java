package dev.stemfleet.dispatcher.bench;

import dev.stemfleet.common.bench.BenchResult;
import dev.stemfleet.common.bench.BenchResult.Target;
import dev.stemfleet.common.bench.Contender;
import dev.stemfleet.common.bench.Machine;
import dev.stemfleet.common.bench.Rounds;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.dispatcher.local.LocalRun;
import dev.stemfleet.dispatcher.local.WorkerProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A whole local run, cold: new state, caches and outputs, a new worker. The broker is started
/// before the clock.
///
/// @param commandSeconds that the command's own JVM took until it was here; part of every wall
/// @param folder that is the bench's own
/// @param trackSeconds of sound
public record WholeBench(
    WorkerProgram program,
    Path assets,
    Path folder,
    double commandSeconds,
    int rounds,
    int trackSeconds) {
  private static final String LOCAL = "local, cold";
  private static final List<String> CHANNELS = List.of("main", "backup", "sample-split");

  /// @throws dev.stemfleet.common.bench.BenchFailure if a job does not succeed
  public BenchResult run() throws Exception {
    Machine machine = Machine.here();
    BenchTrack track = BenchTrack.write(folder.resolve("track.flac"), trackSeconds);
    ColdRun cold = new ColdRun(program, assets, CHANNELS);
    Map<String, Double> stages = new LinkedHashMap<>();
    Rounds found =
        Rounds.run(rounds, List.of(new Contender(LOCAL, () -> round(cold, track, stages))));
    Map<String, Double> figures = new LinkedHashMap<>();
    double wallSeconds = found.median(LOCAL);
    figures.put("ratio", wallSeconds / trackSeconds);
    figures.put("seconds", wallSeconds);
    figures.put("command_start_seconds", commandSeconds);
    stages.forEach((stage, seconds) -> figures.put(stage + "_seconds", seconds));
    return new BenchResult(
        "whole",
        ("one track of %d s, %d channels, from the start of the command to the last result,"
                + " without the broker's start; stages: of the last round, all jobs together")
            .formatted(trackSeconds, CHANNELS.size()),
        figures,
        List.of(Target.atMost("ratio", 0.12)),
        found.seconds(),
        machine);
  }

  private double round(ColdRun cold, BenchTrack track, Map<String, Double> stages)
      throws IOException {
    Path own = Files.createTempDirectory(folder, "round");
    ReadyWatch ready = new ReadyWatch();
    ColdRun.Ran ran = cold.run(own, track, ready);
    stages.clear();
    stages.put("worker_start", ready.seconds());
    LocalRun.Outcome outcome = ran.outcome();
    for (Result result : outcome.results()) {
      result.stageSeconds().forEach((stage, took) -> stages.merge(stage, took, Double::sum));
    }
    Folders.delete(own);
    return commandSeconds + ran.wallSeconds();
  }
}
