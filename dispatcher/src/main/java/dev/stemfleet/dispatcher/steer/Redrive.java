package dev.stemfleet.dispatcher.steer;

import com.fasterxml.uuid.Generators;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.JobWriter;
import dev.stemfleet.common.message.TraceContext;
import dev.stemfleet.dispatcher.publish.TrackSender;
import dev.stemfleet.dispatcher.watch.DeadJobs;
import dev.stemfleet.dispatcher.watch.JobState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Failed jobs that are done again, as they were submitted. Immutable.
///
/// @param run of all of them
/// @param jobs as they are sent
/// @param unreadable messages of the dead topic that hold no job that this version can read
public record Redrive(String run, List<Job> jobs, int unreadable) {
  public Redrive {
    jobs = List.copyOf(jobs);
  }

  /// Chooses: jobs that were sent again since, or are done, are left alone.
  ///
  /// @param states of what the fleet remembers, by job id
  public static Redrive of(
      DeadJobs dead, Map<String, JobState> states, Predicate<Job> wanted, Instant now) {
    String run = Generators.timeBasedEpochGenerator().generate().toString();
    Instant at = now.truncatedTo(ChronoUnit.MILLIS);
    List<Job> again =
        dead.stillFailed(states).stream().filter(wanted).map(job -> job.inRun(run, at)).toList();
    return new Redrive(run, again, dead.unreadable());
  }

  /// Sends them together by track, so that each is separated once, and waits until all are stored.
  ///
  /// @param clients of somebody who may send jobs
  public void send(KafkaClients clients) {
    JobWriter writer = new JobWriter();
    Map<String, List<TrackSender.Outgoing>> tracks = new LinkedHashMap<>();
    for (Job job : jobs) {
      tracks
          .computeIfAbsent(job.track().id(), id -> new ArrayList<>())
          .add(
              new TrackSender.Outgoing(
                  job.batch(), job.jobId(), writer.write(job), TraceContext.of(job).headers()));
    }
    try (TrackSender sender = TrackSender.open(clients)) {
      tracks.forEach(sender::send);
      sender.flush();
    }
  }

  /// How many of each batch.
  public Map<String, Integer> byBatch() {
    Map<String, Integer> batches = new TreeMap<>();
    jobs.forEach(job -> batches.merge(job.batch(), 1, Integer::sum));
    return batches;
  }
}
