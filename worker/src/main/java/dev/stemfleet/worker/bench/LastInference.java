package dev.stemfleet.worker.bench;

import dev.stemfleet.common.message.Failure;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.worker.job.Reporter;
import dev.stemfleet.worker.job.Stage;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Notes when the network has seen all of a track. Thread-safe.
final class LastInference implements Reporter {
  private volatile @Nullable Instant at;

  /// Seconds from then on.
  double until(Instant later) {
    Instant since = at;
    return since == null ? Double.NaN : Duration.between(since, later).toNanos() / 1e9;
  }

  @Override
  public void progress(Job job, Stage stage, double fraction) {
    if (stage == Stage.SEPARATE && fraction >= 1 && at == null) {
      at = Instant.now();
    }
  }

  @Override
  public void started(Job job, int attempt) {}

  @Override
  public void stageEnded(Job job, Stage stage, double seconds) {}

  @Override
  public void retrying(Job job, Failure failure, int attempt, double waitSeconds) {}
}
