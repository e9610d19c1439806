package dev.stemfleet.dispatcher.bench;

import dev.stemfleet.common.bench.BenchResult;
import dev.stemfleet.common.bench.BenchResult.Target;
import dev.stemfleet.common.bench.Machine;
import dev.stemfleet.common.bench.Rounds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// How fast tracks become jobs on the queue, and in how much memory. Every round has a new broker.
///
/// @param tracks that are submitted in every round, for five channels each
/// @param folder where the broker's data lies; null for the system's temporary folder
/// @param say takes a line about what is being done
public record DispatchBench(int rounds, int tracks, @Nullable Path folder, Consumer<String> say) {
  private static final double JOBS_PER_SECOND = 10_000;

  /// Of four times the tracks: buffers fill at different moments, plans would add megabytes.
  private static final double MEMORY_RATIO = 1.1;

  private static final int FEWER = 4;
  private static final String BATCH = "measured";

  /// @throws dev.stemfleet.common.bench.BenchFailure if not every job arrived
  public BenchResult run() throws Exception {
    Machine machine = Machine.here();
    List<Round> all = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      all.add(round());
    }
    return new BenchResult(
        "dispatch",
        "%d tracks for %d channels from a manifest".formatted(tracks, BenchChannels.KEYS.size()),
        figures(all),
        List.of(
            Target.atLeast("jobs_per_second", JOBS_PER_SECOND),
            Target.atMost("batches_not_one_track", 0),
            Target.atMost("memory_ratio", MEMORY_RATIO)),
        Map.of("submit", all.stream().map(Round::seconds).toList()),
        machine);
  }

  private Map<String, Double> figures(List<Round> all) throws Exception {
    double fewerPeak = peak(tracks / FEWER);
    double peak = peak(tracks);
    int jobs = tracks * BenchChannels.KEYS.size();
    double seconds = median(all, Round::seconds);
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("jobs_per_second", jobs / seconds);
    figures.put("seconds", seconds);
    figures.put("jobs", (double) jobs);
    figures.put("dispatcher_cpu_seconds", median(all, round -> round.cpu().dispatcher()));
    figures.put("broker_cpu_seconds", median(all, round -> round.cpu().broker()));
    figures.put("batches_not_one_track", most(all, round -> round.log().batchesNotOneTrack()));
    figures.put("farthest_overtaking_tracks", most(all, round -> round.log().farthestOvertaking()));
    figures.put("peak_rss_mb", peak);
    figures.put("peak_rss_mb_of_a_quarter", fewerPeak);
    figures.put("memory_ratio", peak / fewerPeak);
    return figures;
  }

  private static double median(List<Round> all, ToDoubleFunction<Round> figure) {
    return Rounds.median(all.stream().mapToDouble(figure).boxed().toList());
  }

  private static double most(List<Round> all, ToDoubleFunction<Round> figure) {
    return all.stream().mapToDouble(figure).max().orElse(0);
  }

  private Round round() throws Exception {
    try (BenchFleet fleet = BenchFleet.start(folder)) {
      Path manifest = Manifest.write(fleet.folder().resolve("tracks.jsonl"), tracks);
      say.accept("submitting " + tracks + " tracks");
      Cpu before = Cpu.of(fleet);
      long start = System.nanoTime();
      var _ = fleet.submit(fleet.clients(), manifest, BATCH, BenchChannels.KEYS);
      double seconds = (System.nanoTime() - start) / 1e9;
      Cpu cpu = Cpu.of(fleet).minus(before);
      say.accept(
          String.format(
              Locale.ROOT,
              "submitted in %.2f s; processor: dispatcher %.2f s, broker %.2f s",
              seconds,
              cpu.dispatcher(),
              cpu.broker()));
      say.accept("reading the topic back");
      return new Round(seconds, cpu, JobsLog.read(fleet.logOf(topic(fleet)), BATCH, tracks));
    }
  }

  private record Round(double seconds, Cpu cpu, JobsLog log) {}

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
