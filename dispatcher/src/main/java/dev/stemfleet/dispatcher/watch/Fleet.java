package dev.stemfleet.dispatcher.watch;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The whole fleet at one moment. Immutable.
///
/// @param at the moment
/// @param batches in the order in which they were submitted
/// @param workers by id, those that left or were lost included
public record Fleet(Instant at, List<BatchState> batches, List<WorkerSeen> workers) {
  public Optional<BatchState> batch(String name) {
    return batches.stream().filter(batch -> batch.name().equals(name)).findFirst();
  }

  public List<WorkerSeen> aliveWorkers() {
    return workers.stream().filter(worker -> worker.alive(at)).toList();
  }

  /// The job that was begun first of all that have not ended: it holds the queue's window.
  public Optional<JobState> firstBegun() {
    return batches.stream()
        .flatMap(batch -> batch.jobs().stream())
        .filter(job -> job.phase() instanceof Phase.Begun)
        .min(Comparator.comparing(job -> ((Phase.Begun) job.phase()).since()));
  }
}
