package dev.stemfleet.dispatcher.show;

import dev.stemfleet.common.domain.Product;
import dev.stemfleet.common.message.CacheCounts;
import dev.stemfleet.common.message.Failure;
import dev.stemfleet.common.message.OutputFile;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.dispatcher.watch.JobInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What `local` and `demo` tell at their end: files, caches, times, failures. Pure.
///
/// @param results one per job
/// @param out the output root
/// @param wall time of the whole run
public record RunReport(List<Result> results, Path out, Duration wall) {
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    addFiles(lines);
    addFailures(lines);
    CacheCounts caches = caches();
    lines.add("");
    lines.add(
        "Pictures: %s (%d background, %d thumbnail, %d watermark, %d icon), %s"
            .formatted(
                Plural.of(caches.clipLoads(), "load"),
                caches.backgroundLoads(),
                caches.thumbnailLoads(),
                caches.watermarkLoads(),
                caches.iconLoads(),
                Plural.of(hits(caches), "hit")));
    lines.add(
        "Stems: %s, %s of sound"
            .formatted(
                Plural.of(caches.separations(), "separation"),
                Plural.of(caches.audioEncodes(), "encode")));
    lines.add("");
    addTimes(lines);
    return lines;
  }

  /// What all jobs loaded and found, together.
  public CacheCounts caches() {
    CacheCounts sum = CacheCounts.NONE;
    for (Result result : results) {
      CacheCounts caches = result.caches();
      sum = caches == null ? sum : sum.plus(caches);
    }
    return sum;
  }

  private void addFiles(List<String> lines) {
    TextTable table = new TextTable("channel", "stem", "length", "size", "file");
    int count = 0;
    for (Result result : results) {
      for (OutputFile file : result.files()) {
        if (file.product() != null) {
          count++;
          table.row(
              result.channel(),
              file.stem() == null ? "-" : file.stem().key(),
              length(file),
              ByteText.of(file.bytes()),
              file.path());
        }
      }
    }
    if (count > 0) {
      lines.add(heading(count) + " in " + out);
      table.lines().forEach(line -> lines.add("  " + line));
    }
  }

  private String heading(int count) {
    boolean onlyVideos =
        results.stream()
            .flatMap(result -> result.files().stream())
            .allMatch(file -> file.product() == null || file.product() == Product.VIDEO);
    return Plural.of(count, onlyVideos ? "video" : "file");
  }

  private void addFailures(List<String> lines) {
    for (Result result : results) {
      Failure failure = result.failure();
      if (failure != null) {
        lines.add(
            "FAILED  %s  %s  in %s: %s; %s"
                .formatted(
                    result.channel(),
                    JobInfo.named(result.artist(), result.title()),
                    failure.stage(),
                    failure.cause(),
                    failure.advice()));
      }
    }
  }

  /// A row per stage, a column per job: where the time went.
  private void addTimes(List<String> lines) {
    Set<String> stages = new LinkedHashSet<>();
    results.forEach(result -> stages.addAll(result.stageSeconds().keySet()));
    Map<String, Double> sums = new LinkedHashMap<>();
    for (String stage : stages) {
      sums.put(
          stage,
          results.stream().mapToDouble(r -> r.stageSeconds().getOrDefault(stage, 0.0)).sum());
    }
    TextTable table = new TextTable("stage", "seconds");
    sums.forEach(
        (stage, seconds) -> table.row(stage, String.format(Locale.ROOT, "%8.3f", seconds)));
    lines.add("Time of each stage, all jobs together (stages overlap):");
    table.lines().forEach(line -> lines.add("  " + line));
    lines.add("");
    lines.add(
        "%s in %s from start to end"
            .formatted(Plural.of(results.size(), "job"), TimeText.of(wall)));
  }

  private static String length(OutputFile file) {
    Double seconds = file.seconds();
    return seconds == null ? "-" : TimeText.ofSeconds(seconds);
  }

  private static int hits(CacheCounts caches) {
    return caches.backgroundHits()
        + caches.thumbnailHits()
        + caches.watermarkHits()
        + caches.iconHits();
  }
}
