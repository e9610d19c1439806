package dev.stemfleet.dispatcher.bench;

import dev.stemfleet.common.bench.BenchResult;
import dev.stemfleet.common.bench.BenchResult.Target;
import dev.stemfleet.common.bench.Machine;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// How fast tracks become jobs on the queue, and in how much memory.
///
/// @param tracks that are submitted, for five channels each
/// @param folder where the broker's data lies; null for the system's temporary folder
/// @param say takes a line about what is being done
public record DispatchBench(int tracks, @Nullable Path folder, Consumer<String> say) {
  private static final double JOBS_PER_SECOND = 10_000;

  /// Of four times the tracks: buffers fill at different moments, plans would add megabytes.
  private static final double MEMORY_RATIO = 1.1;

  private static final int FEWER = 4;
  private static final String BATCH = "measured";

  /// @throws dev.stemfleet.common.bench.BenchFailure if not every job arrived
  public BenchResult run() throws Exception {
    Machine machine = Machine.here();
    double seconds;
    JobsLog log;
    Cpu cpu;
    try (BenchFleet fleet = BenchFleet.start(folder)) {
      Path manifest = Manifest.write(fleet.folder().resolve("tracks.jsonl"), tracks);
      say.accept("submitting " + tracks + " tracks");
      Cpu before = Cpu.of(fleet);
      long start = System.nanoTime();
      var _ = fleet.submit(fleet.clients(), manifest, BATCH, BenchChannels.KEYS);
      seconds = (System.nanoTime() - start) / 1e9;
      cpu = Cpu.of(fleet).minus(before);
      say.accept("submitted in %.2f s, %s".formatted(seconds, cpu));
      say.accept("reading the topic back");
      log = JobsLog.read(fleet.logOf(topic(fleet)), BATCH, tracks);
    }
    double fewer = peak(tracks / FEWER);
    double all = peak(tracks);
    int jobs = tracks * BenchChannels.KEYS.size();
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("jobs_per_second", jobs / seconds);
    figures.put("seconds", seconds);
    figures.put("jobs", (double) jobs);
    figures.put("dispatcher_cpu_seconds", cpu.dispatcher());
    figures.put("broker_cpu_seconds", cpu.broker());
    figures.put("batches_not_one_track", (double) log.batchesNotOneTrack());
    figures.put("farthest_overtaking_tracks", (double) log.farthestOvertaking());
    figures.put("peak_rss_mb", all);
    figures.put("peak_rss_mb_of_a_quarter", fewer);
    figures.put("memory_ratio", all / fewer);
    return new BenchResult(
        "dispatch",
        "%d tracks for %d channels from a manifest".formatted(tracks, BenchChannels.KEYS.size()),
        figures,
        List.of(
            Target.atLeast("jobs_per_second", JOBS_PER_SECOND),
            Target.atMost("batches_not_one_track", 0),
            Target.atMost("memory_ratio", MEMORY_RATIO)),
        Map.of("submit", List.of(seconds)),
        machine);
  }

  private double peak(int count) throws Exception {
    say.accept("memory of a process that submits " + count + " tracks");
    try (BenchFleet fleet = BenchFleet.start(folder)) {
      Path manifest = Manifest.write(fleet.folder().resolve("tracks.jsonl"), count);
      return new SubmitProcess(fleet, manifest).peakMegabytes();
    }
  }

  /// CPU seconds of the two processes that share the machine.
  private record Cpu(double dispatcher, double broker) {
    static Cpu of(BenchFleet fleet) {
      return new Cpu(BenchFleet.cpu(ProcessHandle.current()), fleet.brokerCpu());
    }

    Cpu minus(Cpu before) {
      return new Cpu(dispatcher - before.dispatcher, broker - before.broker);
    }
  }

  private static String topic(BenchFleet fleet) {
    return fleet.clients().settings().topics().jobs();
  }
}
