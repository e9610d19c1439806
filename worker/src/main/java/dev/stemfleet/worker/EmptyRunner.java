package dev.stemfleet.worker;

import dev.stemfleet.common.bench.UnmadeVideos;
import dev.stemfleet.common.message.Attempt;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.Outputs;
import dev.stemfleet.common.message.ResultHead;
import dev.stemfleet.worker.job.JobOutcome;
import dev.stemfleet.worker.job.Lease;
import dev.stemfleet.worker.job.Reporter;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/// Does nothing for a while and reports a job with five videos: what is left is the queue. For the
/// bench.
///
/// @param worker id for the results
/// @param workMillis how long a job takes; a running one ends soon if that becomes less
record EmptyRunner(String worker, LongSupplier workMillis, Clock clock) implements JobLoop.Runner {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  @Override
  public JobOutcome run(Job job, int attempt, Lease lease, Reporter reporter) {
    double seconds = work();
    Attempt done =
        new Attempt(worker, attempt, clock.instant(), job.warnings(), Map.of("video", seconds));
    Outputs videos = UnmadeVideos.of(job, null);
    return new JobOutcome.Done(ResultHead.of(job, job.track().sha256()).succeeded(done, videos));
  }

  private double work() {
    long began = System.nanoTime();
    long left = TimeUnit.MILLISECONDS.toNanos(workMillis.getAsLong());
    while (left > 0) {
      LockSupport.parkNanos(Math.min(left, LOOK_NANOS));
      left = TimeUnit.MILLISECONDS.toNanos(workMillis.getAsLong()) - (System.nanoTime() - began);
    }
    return (System.nanoTime() - began) / 1e9;
  }
}
