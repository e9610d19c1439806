package dev.stemfleet.dispatcher.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How long a batch still takes, judged by those of its jobs that have ended.
///
/// The first job of a track separates it, the others find its stems. Tracks are spread over as many
/// workers as are at work on the batch now.
final class BatchEstimate {
  private final JobTimes times;
  private final Map<String, Duration> ofRunning = new HashMap<>();
  private final Set<String> workers = new HashSet<>();
  private final Set<String> tracksTaken = new HashSet<>();
  private Duration work = Duration.ZERO;
  private boolean known = true;

  private BatchEstimate(JobTimes times) {
    this.times = times;
  }

  /// @param jobs of one batch
  static BatchEstimate of(List<JobState> jobs, JobTimes times) {
    BatchEstimate estimate = new BatchEstimate(times);
    List<JobState> waiting = new ArrayList<>();
    jobs.stream().filter(job -> job.phase() instanceof Phase.Done).forEach(estimate::takeTrack);
    for (JobState job : jobs) {
      switch (job.phase()) {
        case Phase.Running running -> estimate.addRunning(job, running);
        case Phase.Retrying retrying -> waiting.add(job);
        case Phase.Queued() -> waiting.add(job);
        case Phase.Ended ended -> {}
      }
    }
    waiting.forEach(estimate::addWaiting);
    return estimate;
  }

  /// Time left of the running jobs whose time can be told.
  Map<String, Duration> ofRunning() {
    return Map.copyOf(ofRunning);
  }

  /// Time left of all, or empty when nobody works or a kind of job was not measured yet.
  Optional<Duration> ofAll() {
    return known && !workers.isEmpty()
        ? Optional.of(work.dividedBy(workers.size()))
        : Optional.empty();
  }

  private void addRunning(JobState job, Phase.Running running) {
    workers.add(running.worker());
    Optional<Duration> whole = whole(job);
    if (whole.isEmpty()) {
      known = false;
      return;
    }
    Duration left = Duration.ofMillis(Math.round(whole.get().toMillis() * (1 - running.overall())));
    ofRunning.put(job.info().jobId(), left);
    work = work.plus(left);
  }

  private void addWaiting(JobState job) {
    Optional<Duration> whole = whole(job);
    known &= whole.isPresent();
    work = work.plus(whole.orElse(Duration.ZERO));
  }

  private Optional<Duration> whole(JobState job) {
    return times.of(takeTrack(job), job.info().trackSeconds());
  }

  /// Whether the track was not taken before.
  private boolean takeTrack(JobState job) {
    @Nullable String track = job.info().trackId();
    return tracksTaken.add(track == null ? job.info().jobId() : track);
  }
}
