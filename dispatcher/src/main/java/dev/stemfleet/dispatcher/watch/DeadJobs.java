package dev.stemfleet.dispatcher.watch;

import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.TopicReader;
import dev.stemfleet.common.message.DeadJob;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.Wire;
import dev.stemfleet.common.message.WireException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The jobs of the dead topic, each in its latest run, in the order in which they were given up.
/// Immutable.
///
/// @param unreadable how many messages hold no job that this version can read
public record DeadJobs(List<Job> jobs, int unreadable) {
  private static final Duration POLL = Duration.ofMillis(100);

  public DeadJobs {
    jobs = List.copyOf(jobs);
  }

  /// Reads all of the topic.
  public static DeadJobs read(KafkaClients clients) {
    Map<String, Job> latest = new LinkedHashMap<>();
    int unreadable = 0;
    try (TopicReader reader =
        TopicReader.fromStart(clients, Set.of(clients.settings().topics().dead()))) {
      while (!reader.caughtUp()) {
        for (TopicReader.Entry entry : reader.poll(POLL)) {
          Job job = entry.value().map(DeadJobs::job).orElse(null);
          if (job == null) {
            unreadable++;
          } else {
            latest.merge(job.jobId(), job, (a, b) -> a.run().compareTo(b.run()) > 0 ? a : b);
          }
        }
      }
    }
    return new DeadJobs(List.copyOf(latest.values()), unreadable);
  }

  /// Those that failed in the run in which they were given up and have not been sent again since.
  ///
  /// @param jobs states by job id
  public List<Job> stillFailed(Map<String, JobState> jobs) {
    List<Job> still = new ArrayList<>();
    for (Job job : this.jobs) {
      JobState state = jobs.get(job.jobId());
      if (state == null
          || (state.run().equals(job.run()) && state.phase() instanceof Phase.Failed)) {
        still.add(job);
      }
    }
    return still;
  }

  /// A message that an older version could not read may be a good job to this one.
  private static @Nullable Job job(byte[] value) {
    try {
      DeadJob dead = Wire.read(value, DeadJob.class);
      String bytes = dead.message();
      return dead.job() != null || bytes == null
          ? dead.job()
          : Wire.read(Base64.getDecoder().decode(bytes), Job.class);
    } catch (WireException | IllegalArgumentException e) {
      return null;
    }
  }
}
