package dev.stemfleet.common.message;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// One try of a job by a worker: what there is to say of it however it ended.
///
/// @param worker its id
/// @param number 1 for the first try of a run
/// @param stageSeconds wall-clock time of each stage, by its name
public record Attempt(
    String worker,
    int number,
    Instant finishedAt,
    List<String> warnings,
    Map<String, Double> stageSeconds) {
  public Attempt {
    warnings = List.copyOf(warnings);
  }
}
