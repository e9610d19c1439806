package dev.stemfleet.dispatcher.watch;

import dev.stemfleet.common.message.Failure;
import dev.stemfleet.common.message.Result;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a job ended, in short. Immutable.
///
/// @param attempt in which it ended, 1 for the first of its run
/// @param seconds that the job took: from its start where it was seen, else its stages' sum
/// @param replayed whether the outputs were there already
/// @param directory of the outputs below the output root, null when it failed
/// @param failure null when it succeeded
public record Finish(
    Instant at,
    String worker,
    int attempt,
    double seconds,
    boolean replayed,
    @Nullable String directory,
    List<String> warnings,
    @Nullable Failure failure) {

  static Finish of(Result result, double seconds) {
    return new Finish(
        result.finishedAt(),
        result.worker(),
        result.attempt(),
        seconds,
        result.replayed(),
        result.directory(),
        result.warnings(),
        result.failure());
  }
}
