package dev.stemfleet.dispatcher.migrate;

import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.Wire;
import dev.stemfleet.common.message.WireException;
import dev.stemfleet.dispatcher.watch.Fleet;
import dev.stemfleet.dispatcher.watch.FleetFeed;
import dev.stemfleet.dispatcher.watch.Phase;
import dev.stemfleet.dispatcher.watch.WorkerSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which jobs have their result although they lie behind unfinished ones in the queue, and who
/// works: what the fleet's history tells. Immutable.
///
/// @param runs the latest run of each job that has a result, by job id
/// @param workers ids of those that were heard of lately
record Finished(Map<String, String> runs, List<String> workers) {
  private static final Duration EVENTS = Duration.ofMinutes(5);

  Finished {
    runs = Map.copyOf(runs);
    workers = List.copyOf(workers);
  }

  /// @throws org.apache.kafka.common.KafkaException if the broker does not answer
  static Finished read(KafkaClients clients, Instant now) {
    Fleet fleet;
    try (FleetFeed feed = FleetFeed.ofHistory(clients, now.minus(EVENTS))) {
      feed.catchUp();
      fleet = feed.view().snapshot(now);
    }
    Map<String, String> runs = new HashMap<>();
    fleet.batches().stream()
        .flatMap(batch -> batch.jobs().stream())
        .filter(job -> job.phase() instanceof Phase.Done || job.phase() instanceof Phase.Failed)
        .forEach(job -> runs.put(job.info().jobId(), job.run()));
    return new Finished(runs, fleet.aliveWorkers().stream().map(WorkerSeen::id).toList());
  }

  /// Whether this message needs no worker any more. One that cannot be read does: a worker says why
  /// it cannot be done.
  boolean has(byte[] message) {
    try {
      Job job = Wire.read(message, Job.class);
      String run = runs.get(job.jobId());
      return run != null && run.compareTo(job.run()) >= 0;
    } catch (WireException e) {
      return false;
    }
  }
}
