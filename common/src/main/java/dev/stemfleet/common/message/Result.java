package dev.stemfleet.common.message;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One message of the results topic: what became of a job. The public contract.
///
/// A job's state is its result with the greatest `run`. Results with the same job id, run and spec
/// hash are one answer repeated.
///
/// @param schema version of this record, see [Schema]
/// @param specHash names what was asked for; the same spec is never made twice
/// @param worker id of the worker that did it
/// @param attempt 1 for the first try of this run
/// @param replayed whether the outputs were there already and were only reported again
/// @param directory of the outputs, relative to the output root; null when the job failed
/// @param files every file that was made
/// @param stageSeconds wall-clock time of each stage, by its name
/// @param failure why it failed, null when it succeeded
public record Result(
    String schema,
    String jobId,
    String run,
    String batch,
    State state,
    String specHash,
    String trackId,
    String artist,
    String title,
    String channel,
    Instant submittedAt,
    Instant finishedAt,
    String worker,
    int attempt,
    boolean replayed,
    @Nullable String directory,
    List<OutputFile> files,
    List<String> warnings,
    Map<String, Double> stageSeconds,
    @Nullable CacheCounts caches,
    @Nullable ModelFacts model,
    @Nullable LoudnessFacts loudness,
    @Nullable String videoEncoder,
    @Nullable Failure failure) {
  /// How a job can end.
  public enum State {
    SUCCEEDED,
    FAILED
  }

  public Result {
    files = List.copyOf(files);
    warnings = List.copyOf(warnings);
  }

  public boolean succeeded() {
    return state == State.SUCCEEDED;
  }
}
