package dev.stemfleet.dispatcher.show;

import dev.stemfleet.common.message.Failure;
import dev.stemfleet.dispatcher.watch.Finish;
import dev.stemfleet.dispatcher.watch.JobInfo;
import dev.stemfleet.dispatcher.watch.JobState;
import dev.stemfleet.dispatcher.watch.Phase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A job's state with all that is known, flat: for programs that read JSON. Immutable.
///
/// @param state `queued`, `running`, `retrying`, `done`, `failed` or `cancelled`
/// @param fraction 0…1 of the stage, null unless running
/// @param overall 0…1 of the job, null unless running
/// @param since when it came into this state, null when unknown
public record JobLine(
    String jobId,
    String run,
    String batch,
    String channel,
    String name,
    String state,
    @Nullable String worker,
    @Nullable String stage,
    @Nullable Double fraction,
    @Nullable Double overall,
    @Nullable Instant since,
    @Nullable String directory,
    @Nullable Failure failure) {

  public static JobLine of(JobState job) {
    return switch (job.phase()) {
      case Phase.Queued() -> of(job, "queued", null, job.info().submittedAt(), null, null);
      case Phase.Running running -> running(job, running);
      case Phase.Retrying retrying ->
          of(job, "retrying", retrying.worker(), retrying.since(), null, retrying.failure());
      case Phase.Done(Finish finish) ->
          of(job, "done", finish.worker(), finish.at(), finish.directory(), null);
      case Phase.Failed(Finish finish, Failure failure) ->
          of(job, "failed", finish.worker(), finish.at(), null, failure);
      case Phase.Cancelled(Instant at) -> of(job, "cancelled", null, at, null, null);
    };
  }

  private static JobLine running(JobState job, Phase.Running running) {
    JobInfo info = job.info();
    return new JobLine(
        info.jobId(),
        job.run(),
        info.batch(),
        info.channel(),
        info.name(),
        "running",
        running.worker(),
        running.stage(),
        running.fraction(),
        running.overall(),
        running.since(),
        null,
        null);
  }

  private static JobLine of(
      JobState job,
      String state,
      @Nullable String worker,
      @Nullable Instant since,
      @Nullable String directory,
      @Nullable Failure failure) {
    JobInfo info = job.info();
    return new JobLine(
        info.jobId(),
        job.run(),
        info.batch(),
        info.channel(),
        info.name(),
        state,
        worker,
        null,
        null,
        null,
        since,
        directory,
        failure);
  }
}
