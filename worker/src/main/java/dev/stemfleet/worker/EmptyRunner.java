package dev.stemfleet.worker;

import dev.stemfleet.common.domain.Naming;
import dev.stemfleet.common.domain.Product;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.message.CacheCounts;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.OutputFile;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.common.message.Schema;
import dev.stemfleet.worker.job.JobOutcome;
import dev.stemfleet.worker.job.Lease;
import dev.stemfleet.worker.job.Reporter;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/// Does nothing for a while and reports a job with five videos: what is left is the queue. For the
/// bench.
///
/// @param worker id for the results
/// @param workMillis how long a job takes
record EmptyRunner(String worker, LongSupplier workMillis, Clock clock) implements JobLoop.Runner {
  @Override
  public JobOutcome run(Job job, int attempt, Lease lease, Reporter reporter) {
    long millis = workMillis.getAsLong();
    if (millis > 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }
    List<OutputFile> files = job.channel().stems().stream().map(stem -> file(job, stem)).toList();
    return new JobOutcome.Done(result(job, attempt, files, millis));
  }

  private static OutputFile file(Job job, Stem stem) {
    String path = job.directory() + "/" + Naming.title(job.track(), job.channel(), stem) + ".mp4";
    return new OutputFile(
        path, stem, Product.VIDEO, 10_000_000, job.track().sha256(), job.track().seconds());
  }

  private Result result(Job job, int attempt, List<OutputFile> files, long millis) {
    return new Result(
        Schema.VERSION,
        job.jobId(),
        job.run(),
        job.batch(),
        Result.State.SUCCEEDED,
        job.track().sha256(),
        job.track().id(),
        job.track().artist(),
        job.track().title(),
        job.channel().key(),
        job.submittedAt(),
        clock.instant(),
        worker,
        attempt,
        false,
        job.directory(),
        files,
        job.warnings(),
        Map.of("video", millis / 1000.0),
        CacheCounts.NONE,
        null,
        null,
        null,
        null);
  }
}
