package dev.stemfleet.common.message;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a result takes over from its job: the only maker of results. Its worker adds the [Attempt],
/// and the [Outputs] or the [Failure] in which that ended.
///
/// @param channel its key
public record ResultHead(
    String jobId,
    String run,
    String batch,
    String specHash,
    String trackId,
    String artist,
    String title,
    String channel,
    Instant submittedAt) {
  /// @param specHash of the job, see [Spec]
  public static ResultHead of(Job job, String specHash) {
    return new ResultHead(
        job.jobId(),
        job.run(),
        job.batch(),
        specHash,
        job.track().id(),
        job.track().artist(),
        job.track().title(),
        job.channel().key(),
        job.submittedAt());
  }

  public Result succeeded(Attempt attempt, Outputs outputs) {
    return result(attempt, Result.State.SUCCEEDED, false, outputs, null);
  }

  public Result failed(Attempt attempt, Failure failure) {
    return result(attempt, Result.State.FAILED, false, Outputs.NONE, failure);
  }

  /// The outputs were there already.
  ///
  /// @param first result that told of them
  public Result replayed(Attempt attempt, Result first) {
    return result(attempt, Result.State.SUCCEEDED, true, Outputs.again(first), null);
  }

  private Result result(
      Attempt attempt,
      Result.State state,
      boolean replayed,
      Outputs outputs,
      @Nullable Failure failure) {
    return new Result(
        Schema.VERSION,
        jobId,
        run,
        batch,
        state,
        specHash,
        trackId,
        artist,
        title,
        channel,
        submittedAt,
        attempt.finishedAt(),
        attempt.worker(),
        attempt.number(),
        replayed,
        outputs.directory(),
        outputs.files(),
        attempt.warnings(),
        attempt.stageSeconds(),
        outputs.caches(),
        outputs.model(),
        outputs.loudness(),
        outputs.videoEncoder(),
        failure);
  }
}
