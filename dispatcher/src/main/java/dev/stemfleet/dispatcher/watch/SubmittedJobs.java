package dev.stemfleet.dispatcher.watch;

import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.TopicReader;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.Wire;
import dev.stemfleet.common.message.WireException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Jobs as they were submitted, whole, each in its latest run. Immutable.
///
/// @param jobs of the batches that were asked for, in the order in which they were submitted
/// @param batches names of all that there are
public record SubmittedJobs(List<Job> jobs, Set<String> batches) {
  private static final Duration POLL = Duration.ofMillis(100);

  public SubmittedJobs {
    jobs = List.copyOf(jobs);
    batches = Set.copyOf(batches);
  }

  /// Reads all of the batches topic.
  ///
  /// @param wanted names of batches
  public static SubmittedJobs read(KafkaClients clients, Predicate<String> wanted) {
    Map<String, Job> latest = new LinkedHashMap<>();
    Set<String> batches = new TreeSet<>();
    try (TopicReader reader =
        TopicReader.fromStart(clients, Set.of(clients.settings().topics().batches()))) {
      while (!reader.caughtUp()) {
        for (TopicReader.Entry entry : reader.poll(POLL)) {
          entry.value().ifPresent(bytes -> take(bytes, wanted, latest, batches));
        }
      }
    }
    return new SubmittedJobs(List.copyOf(latest.values()), batches);
  }

  /// A job of another version is not ours to send again.
  private static void take(
      byte[] bytes, Predicate<String> wanted, Map<String, Job> latest, Set<String> batches) {
    try {
      Job job = Wire.readJob(bytes);
      batches.add(job.batch());
      if (wanted.test(job.batch())) {
        latest.merge(job.jobId(), job, (a, b) -> b.run().compareTo(a.run()) >= 0 ? b : a);
      }
    } catch (WireException e) {
      return;
    }
  }
}
