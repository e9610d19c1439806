package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.dispatcher.plan.NamePattern;
import dev.stemfleet.dispatcher.plan.RequestException;
import dev.stemfleet.dispatcher.watch.Fleet;
import dev.stemfleet.dispatcher.watch.JobState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The jobs that a command names: batches, by patterns, and single jobs, by their ids. Immutable.
///
/// @param jobs by the name of their batch, or by their own id
record Targets(Map<String, List<JobState>> jobs) {
  private static final Pattern JOB_ID = Pattern.compile("[0-9a-f]{16}");

  /// Looks them up in what the fleet remembers.
  ///
  /// @throws RequestException naming what stands for nothing
  static Targets find(List<String> names, KafkaClients clients, Surroundings here) {
    Fleet seen = History.read(clients, here, read(names));
    Map<String, List<JobState>> found = new LinkedHashMap<>();
    for (String name : names) {
      int before = found.size();
      NamePattern pattern = new NamePattern(name);
      seen.batches().stream()
          .filter(batch -> pattern.test(batch.name()))
          .forEach(batch -> found.put(batch.name(), batch.jobs()));
      if (found.size() == before && JOB_ID.matcher(name).matches()) {
        seen.batches().stream()
            .flatMap(batch -> batch.jobs().stream())
            .filter(job -> job.info().jobId().equals(name))
            .forEach(job -> found.put(name, List.of(job)));
      }
      if (found.size() == before && !found.containsKey(name)) {
        throw new RequestException("TARGET: no batch or job matches '" + name + "'");
      }
    }
    return new Targets(found);
  }

  /// All jobs, by their ids.
  Map<String, JobState> byId() {
    Map<String, JobState> all = new LinkedHashMap<>();
    List<JobState> flat = new ArrayList<>();
    jobs.values().forEach(flat::addAll);
    flat.forEach(job -> all.put(job.info().jobId(), job));
    return all;
  }

  /// One batch is found quickly; a job may be of any.
  private static NamePattern read(List<String> names) {
    boolean oneBatch = names.size() == 1 && !JOB_ID.matcher(names.getFirst()).matches();
    return new NamePattern(oneBatch ? names.getFirst() : "*");
  }
}
