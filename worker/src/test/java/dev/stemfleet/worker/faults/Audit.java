package dev.stemfleet.worker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.message.Result;
import dev.stemfleet.worker.fleet.Evidence;
import dev.stemfleet.worker.fleet.Guarantee;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// What a fleet that was broken has left behind, recomputed from its topics and its disk alone.
///
/// That it could be made says that every promise was kept: each job that was submitted has one
/// answer, every file that an answer names lies there with its bytes, nothing else lies in the
/// output root, and nobody remembers a try of a job that has ended.
///
/// @param jobs that were submitted, a new run of a job counted again
/// @param results on the topic, repeated ones included
/// @param failed jobs that ended as failed, with what the trial did to them
/// @param disk folders, files and bytes that were hashed and compared
/// @param leftFolders of workers that were killed, to be removed ten minutes later
record Audit(
    String name,
    int jobs,
    int results,
    int failed,
    Disk.Figures disk,
    int leftFolders,
    Map<String, Integer> faults,
    long seed,
    double seconds) {

  static Audit of(Trial trial) {
    Evidence evidence = Evidence.of(trial.fleet());
    Guarantee.OF_OUTPUTS.forEach(guarantee -> guarantee.holdsIn(evidence));
    Collection<Result> answers = evidence.answers().values();
    Disk disk = new Disk(trial.fleet());
    disk.hasOneFolderForEach(latest(answers));
    disk.remembersNoTry();
    return new Audit(
        trial.name(),
        evidence.submitted().size(),
        evidence.results().size(),
        (int) answers.stream().filter(result -> !result.succeeded()).count(),
        disk.figures(),
        disk.foldersOfTheDead(),
        Map.copyOf(trial.faults()),
        trial.seed(),
        trial.seconds());
  }

  /// Of each job the answer that counts: that of its last run.
  private static Collection<Result> latest(Collection<Result> answers) {
    return answers.stream()
        .collect(
            Collectors.toMap(
                Result::jobId, r -> r, (a, b) -> a.run().compareTo(b.run()) > 0 ? a : b))
        .values();
  }

  /// Answers that were given once more, as after every crash between the result and its accept.
  int repeated() {
    return results - jobs;
  }

  Audit requireFailed(int wanted) {
    assertThat(failed).as("failed jobs").isEqualTo(wanted);
    return this;
  }

  /// All of it in one line.
  String line() {
    return "faults | %s | %s | %d jobs, each with one answer (%d repeated, %d failed) | %d folders, %d files, %.1f MB hashed | 0 lost, 0 half-written, 0 twice | seed %d | %.1f s"
        .formatted(
            name,
            faults.entrySet().stream()
                .map(fault -> fault.getKey() + ": " + fault.getValue())
                .sorted()
                .collect(Collectors.joining(", ")),
            jobs,
            repeated(),
            failed,
            disk.folders(),
            disk.files(),
            disk.bytes() / 1e6,
            seed,
            seconds);
  }

  /// Writes it where the page about reliability takes it from.
  void write() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("faults", new java.util.TreeMap<>(faults));
    all.put("jobs", jobs);
    all.put("repeated", repeated());
    all.put("failed", failed);
    all.put("folders", disk.folders());
    all.put("files", disk.files());
    all.put("bytes", disk.bytes());
    all.put("left_folders", leftFolders);
    all.put("seed", seed);
    all.put("seconds", seconds);
    TrialFile.write(name, all);
  }
}
