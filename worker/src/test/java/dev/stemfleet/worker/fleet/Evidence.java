package dev.stemfleet.worker.fleet;

import dev.stemfleet.common.kafka.Topics;
import dev.stemfleet.common.message.DeadJob;
import dev.stemfleet.common.message.Event;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.Result;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a fleet has left behind: everything on its topics, and its output root.
///
/// @param submitted the jobs as submitted
/// @param results in the topic's order, repeated ones included
public record Evidence(
    List<Job> submitted, List<Result> results, List<DeadJob> dead, List<Event> events, Path out) {

  /// One answer may be given several times.
  public record AnswerKey(String jobId, String run, String spec) {}

  public static Evidence of(TestFleet fleet) {
    Topics topics = fleet.clients().settings().topics();
    return new Evidence(
        fleet.all(topics.batches(), Job.class),
        fleet.all(topics.results(), Result.class),
        fleet.all(topics.dead(), DeadJob.class),
        fleet.all(topics.events(), Event.class),
        fleet.out());
  }

  /// The results of readable jobs, one per answer: the first of those that repeat each other.
  public Map<AnswerKey, Result> answers() {
    Map<AnswerKey, Result> answers = new LinkedHashMap<>();
    for (Result result : results) {
      answers.putIfAbsent(new AnswerKey(result.jobId(), result.run(), result.specHash()), result);
    }
    return answers;
  }

  public <T extends Event> List<T> events(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
