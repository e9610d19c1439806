package dev.stemfleet.worker.job;

import dev.stemfleet.common.message.CacheCounts;
import dev.stemfleet.common.message.Failure;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.LoudnessFacts;
import dev.stemfleet.common.message.ModelFacts;
import dev.stemfleet.common.message.OutputFile;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.common.message.Schema;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes down what came of a job. Thread-safe.
public final class Results {
  private final String worker;
  private final Clock clock;

  public Results(String worker, Clock clock) {
    this.worker = worker;
    this.clock = clock;
  }

  /// What a finished job has to tell beside its files.
  record Facts(CacheCounts caches, ModelFacts model, LoudnessFacts loudness, String videoEncoder) {}

  Result succeeded(JobContext context, String directory, List<OutputFile> files, Facts facts) {
    return result(context, Result.State.SUCCEEDED, directory, files, facts, null);
  }

  Result failed(JobContext context, Failure failure) {
    return result(context, Result.State.FAILED, null, List.of(), null, failure);
  }

  /// The same answer to a later run.
  Result replayed(JobContext context, Result first) {
    Job job = context.job();
    return new Result(
        Schema.VERSION,
        job.jobId(),
        job.run(),
        job.batch(),
        Result.State.SUCCEEDED,
        context.specHash(),
        job.track().id(),
        job.track().artist(),
        job.track().title(),
        job.channel().key(),
        job.submittedAt(),
        clock.instant(),
        worker,
        context.attempt(),
        true,
        first.directory(),
        first.files(),
        first.warnings(),
        Map.of(),
        CacheCounts.NONE,
        first.model(),
        first.loudness(),
        first.videoEncoder(),
        null);
  }

  private Result result(
      JobContext context,
      Result.State state,
      @Nullable String directory,
      List<OutputFile> files,
      @Nullable Facts facts,
      @Nullable Failure failure) {
    Job job = context.job();
    return new Result(
        Schema.VERSION,
        job.jobId(),
        job.run(),
        job.batch(),
        state,
        context.specHash(),
        job.track().id(),
        job.track().artist(),
        job.track().title(),
        job.channel().key(),
        job.submittedAt(),
        clock.instant(),
        worker,
        context.attempt(),
        false,
        directory,
        files,
        context.warnings(),
        context.stageSeconds(),
        facts == null ? null : facts.caches(),
        facts == null ? null : facts.model(),
        facts == null ? null : facts.loudness(),
        facts == null ? null : facts.videoEncoder(),
        failure);
  }
}
