package dev.stemfleet.dispatcher.watch;

import dev.stemfleet.common.message.CacheCounts;
import dev.stemfleet.common.message.Control;
import dev.stemfleet.common.message.Event;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.Result;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Turns the messages of the topics into the state of the fleet. Pure: no clock, no broker. Not
/// thread-safe.
///
/// A job's state is that of its latest run; within a run, messages may come in any order and any
/// number of times.
public final class FleetView {
  private final Map<String, JobState> jobs = new LinkedHashMap<>();
  private final Map<String, Event.Heartbeat> workers = new TreeMap<>();
  private final Map<String, JobTimes> times = new HashMap<>();
  private final Map<String, Control> cancels = new HashMap<>();

  /// A job as it was submitted.
  public void apply(Job job) {
    advance(
        job.jobId(),
        job.batch(),
        job.run(),
        old -> JobInfo.of(job).withUnits(old.units()),
        phase -> phase);
    jobs.computeIfPresent(job.jobId(), (id, state) -> withCancels(state));
  }

  /// A job's answer; repeated answers change nothing.
  public void apply(Result result) {
    JobState before = jobs.get(result.jobId());
    boolean isNew =
        before == null
            || before.isBefore(result.run())
            || (!before.isAfter(result.run()) && !(before.phase() instanceof Phase.Ended));
    advance(
        result.jobId(),
        result.batch(),
        result.run(),
        info -> info.with(result),
        phase -> phase.after(result));
    if (isNew && result.succeeded() && !result.replayed()) {
      measure(result);
    }
  }

  /// What a worker said meanwhile.
  public void apply(Event event) {
    switch (event) {
      case Event.Started e ->
          advance(e.jobId(), e.batch(), e.run(), info -> info.with(e), phase -> phase.after(e));
      case Event.Progressed e ->
          advance(e.jobId(), e.batch(), e.run(), info -> info.with(e), phase -> phase.after(e));
      case Event.Retrying e ->
          advance(e.jobId(), e.batch(), e.run(), info -> info, phase -> phase.after(e));
      case Event.Cancelled e ->
          advance(e.jobId(), e.batch(), e.run(), info -> info, phase -> phase.after(e));
      case Event.Heartbeat e -> apply(e);
    }
  }

  /// A wish to end jobs: those that wait are as good as ended, running ones end when their worker
  /// says so.
  public void apply(Control control) {
    cancels.merge(
        control.target(),
        control,
        (old, later) -> later.requestedAt().isAfter(old.requestedAt()) ? later : old);
    jobs.replaceAll((id, job) -> withCancels(job));
  }

  /// Everything as it is now.
  public Fleet snapshot(Instant now) {
    Map<String, List<JobState>> byBatch = new LinkedHashMap<>();
    for (JobState job : jobs.values()) {
      byBatch.computeIfAbsent(job.info().batch(), name -> new ArrayList<>()).add(job);
    }
    List<BatchState> batches = new ArrayList<>();
    byBatch.forEach((name, members) -> batches.add(batch(name, members)));
    batches.sort(Comparator.comparing(FleetView::submitted).thenComparing(BatchState::name));
    return new Fleet(
        now, List.copyOf(batches), workers.values().stream().map(WorkerSeen::new).toList());
  }

  private BatchState batch(String name, List<JobState> members) {
    JobTimes measured = times.getOrDefault(name, new JobTimes());
    BatchEstimate estimate = BatchEstimate.of(members, measured);
    return new BatchState(
        name, List.copyOf(members), Counts.of(members), estimate.ofAll(), estimate.ofRunning());
  }

  /// Batches are read side by side, in no order. Those of which too little is known are new.
  private static Instant submitted(BatchState batch) {
    return batch.submittedAt().orElse(Instant.MAX);
  }

  private void apply(Event.Heartbeat heartbeat) {
    Event.Heartbeat before = workers.get(heartbeat.worker());
    if (before != null && before.at().isAfter(heartbeat.at())) {
      return;
    }
    workers.put(heartbeat.worker(), heartbeat);
    if (heartbeat.state() == Event.WorkerState.STOPPED) {
      jobs.replaceAll(
          (id, job) ->
              new JobState(job.info(), job.run(), job.phase().afterLeaving(heartbeat.worker())));
    }
  }

  private void advance(
      String jobId,
      String batch,
      String run,
      UnaryOperator<JobInfo> learn,
      UnaryOperator<Phase> next) {
    JobState known = jobs.get(jobId);
    if (known != null && known.isAfter(run)) {
      return;
    }
    JobInfo info = known == null ? JobInfo.unknown(jobId, batch) : known.info();
    Phase phase = new Phase.Queued();
    if (known != null && known.isBefore(run)) {
      info = info.withUnits(null);
    } else if (known != null) {
      phase = known.phase();
    }
    jobs.put(jobId, new JobState(learn.apply(info), run, next.apply(phase)));
  }

  private void measure(Result result) {
    JobState job = jobs.get(result.jobId());
    CacheCounts caches = result.caches();
    if (job != null && job.phase() instanceof Phase.Done(Finish finish) && caches != null) {
      times
          .computeIfAbsent(result.batch(), name -> new JobTimes())
          .add(caches.separations() > 0, job.info().trackSeconds(), finish.seconds());
    }
  }

  private JobState withCancels(JobState job) {
    JobInfo info = job.info();
    Instant submittedAt = info.submittedAt();
    if (!(job.phase() instanceof Phase.Queued) || submittedAt == null) {
      return job;
    }
    return Stream.of(info.jobId(), info.batch(), job.run())
        .map(target -> Optional.ofNullable(cancels.get(target)))
        .flatMap(Optional::stream)
        .filter(cancel -> submittedAt.isBefore(cancel.requestedAt()))
        .findFirst()
        .map(cancel -> new JobState(info, job.run(), new Phase.Cancelled(cancel.requestedAt())))
        .orElse(job);
  }
}
