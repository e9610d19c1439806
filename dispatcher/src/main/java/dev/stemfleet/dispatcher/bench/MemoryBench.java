package dev.stemfleet.dispatcher.bench;

import dev.stemfleet.common.bench.BenchResult;
import dev.stemfleet.common.bench.BenchResult.Target;
import dev.stemfleet.common.bench.Machine;
import dev.stemfleet.common.message.OutputFile;
import dev.stemfleet.dispatcher.local.WorkerProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a long track takes of memory and disk, against a short one: a new worker each, all stems.
///
/// @param folder that is the bench's own
/// @param longSeconds of the long track
/// @param shortSeconds of the short one
/// @param channels that the track is made for
public record MemoryBench(
    WorkerProgram program,
    Path assets,
    Path folder,
    int longSeconds,
    int shortSeconds,
    List<String> channels) {
  private static final double SLOPE = 1.2;
  private static final double MORE_MEGABYTES = 150;
  private static final double MEGABYTE = 1 << 20;

  /// @throws dev.stemfleet.common.bench.BenchFailure if a job does not succeed
  public BenchResult run() throws Exception {
    Machine machine = Machine.here();
    Map<String, List<Double>> times = new LinkedHashMap<>();
    Use little = measured("short", shortSeconds, times);
    Use much = measured("long", longSeconds, times);
    double bound = SLOPE * little.peakMegabytes() + MORE_MEGABYTES;
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("ratio", much.peakMegabytes() / bound);
    figures.put("peak_short_megabytes", little.peakMegabytes());
    figures.put("peak_long_megabytes", much.peakMegabytes());
    figures.put("disk_ratio", much.disk() / much.finished());
    figures.put("disk_peak_megabytes", much.disk() / MEGABYTE);
    figures.put("finished_megabytes", much.finished() / MEGABYTE);
    figures.put("work_peak_megabytes", much.work() / MEGABYTE);
    return new BenchResult(
        "memory",
        ("peak RSS of a worker with a track of %d s against 1.2 × that with %d s + 150 MB; disk:"
                + " outputs, work folder and caches at their peak, to the finished files; %s")
            .formatted(longSeconds, shortSeconds, String.join(", ", channels)),
        figures,
        List.of(Target.atMost("ratio", 1), Target.atMost("disk_ratio", 1.3)),
        times,
        machine);
  }

  /// @param disk bytes in output, work and cache folders together, at their peak
  /// @param work bytes in the output folder, work folder included, at their peak
  /// @param finished bytes of the files that were delivered
  private record Use(double peakMegabytes, double disk, double work, double finished) {}

  private Use measured(String name, int seconds, Map<String, List<Double>> times)
      throws IOException {
    Path own = Files.createDirectories(folder.resolve(name));
    BenchTrack track = BenchTrack.write(own.resolve("track.flac"), seconds);
    PeakWatch peak = new PeakWatch();
    ColdRun.Ran ran = new ColdRun(program, assets, channels).run(own, track, peak);
    times.put("track of " + seconds + " s", List.of(ran.wallSeconds()));
    double finished =
        ran.outcome().results().stream()
            .flatMap(result -> result.files().stream())
            .mapToLong(OutputFile::bytes)
            .sum();
    Folders.delete(own);
    return new Use(peak.residentBytes() / MEGABYTE, peak.diskBytes(), peak.outBytes(), finished);
  }
}
