package dev.stemfleet.dispatcher.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One batch at one moment. Immutable.
///
/// @param jobs in the order in which they were first seen
/// @param timeLeft until the whole batch has ended; empty when there is nothing to judge by
/// @param jobTimeLeft of running jobs, by job id, where there is something to judge by
public record BatchState(
    String name,
    List<JobState> jobs,
    Counts counts,
    Optional<Duration> timeLeft,
    Map<String, Duration> jobTimeLeft) {

  /// Units of all jobs whose workers told of some, empty where none did. What has ended well is
  /// done whole.
  public Optional<Units> units() {
    return jobs.stream().flatMap(job -> units(job).stream()).reduce(Units::plus);
  }

  private static Optional<Units> units(JobState job) {
    Optional<Units> told = Optional.ofNullable(job.info().units());
    return job.phase() instanceof Phase.Done ? told.map(Units::finished) : told;
  }

  /// When its first job was submitted; empty when unknown.
  public Optional<Instant> submittedAt() {
    return jobs.stream()
        .flatMap(job -> Optional.ofNullable(job.info().submittedAt()).stream())
        .min(Comparator.naturalOrder());
  }

  /// 0…1 of all work: ended jobs whole, running ones as far as they are.
  public double overall() {
    double sum = 0;
    for (JobState job : jobs) {
      sum +=
          switch (job.phase()) {
            case Phase.Ended ended -> 1;
            case Phase.Running running -> running.overall();
            case Phase.Queued() -> 0;
            case Phase.Retrying retrying -> 0;
          };
    }
    return jobs.isEmpty() ? 0 : sum / jobs.size();
  }
}
