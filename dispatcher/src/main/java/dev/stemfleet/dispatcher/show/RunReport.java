package dev.stemfleet.dispatcher.show;

import dev.stemfleet.common.domain.Product;
import dev.stemfleet.common.message.CacheCounts;
import dev.stemfleet.common.message.Failure;
import dev.stemfleet.common.message.OutputFile;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.dispatcher.watch.JobInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What `local` and `demo` tell at their end: files, caches, times, failures. Pure.
///
/// @param results one per job
/// @param out the output root
/// @param wall time of the whole run
public record RunReport(List<Result> results, String out, Duration wall) {
  private static final Comparator<OutputFile> BY_STEM =
      Comparator.comparing(OutputFile::stem, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(OutputFile::path);

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

  /// A table per job: its folder once, a row per file.
  private void addFiles(List<String> lines) {
    int count = 0;
    List<String> rows = new ArrayList<>();
    for (Result result : results) {
      List<OutputFile> files =
          result.files().stream().filter(file -> file.product() != null).sorted(BY_STEM).toList();
      if (!files.isEmpty()) {
        count += files.size();
        String folder = result.directory() + "/";
        rows.add(result.channel() + ": " + folder);
        TextTable table = new TextTable("stem", "length", "size", "file");
        files.forEach(file -> addFile(table, file, folder));
        table.lines().forEach(line -> rows.add("  " + line));
      }
    }
    if (count > 0) {
      lines.add(heading(count) + " in " + out);
      rows.forEach(row -> lines.add("  " + row));
    }
  }

  private static void addFile(TextTable table, OutputFile file, String folder) {
    table.row(
        file.stem() == null ? "-" : file.stem().key(),
        length(file),
        ByteText.of(file.bytes()),
        file.path().startsWith(folder) ? file.path().substring(folder.length()) : file.path());
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

  /// Where the time went, the longest stage first.
  private void addTimes(List<String> lines) {
    Map<String, Double> sums = new TreeMap<>();
    results.forEach(
        result ->
            result
                .stageSeconds()
                .forEach((stage, seconds) -> sums.merge(stage, seconds, Double::sum)));
    TextTable table = new TextTable("stage", " seconds");
    sums.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .forEach(
            stage ->
                table.row(stage.getKey(), String.format(Locale.ROOT, "%8.3f", stage.getValue())));
    lines.add("Time of each stage, all jobs together:");
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
