package dev.stemfleet.worker.faults;

import dev.stemfleet.common.kafka.QueueUse;
import dev.stemfleet.common.kafka.TopicReader;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.common.message.Wire;
import dev.stemfleet.common.message.WireException;
import dev.stemfleet.worker.fleet.Evidence;
import dev.stemfleet.worker.fleet.TestFleet;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// How many jobs of a fleet have an answer by now. For one thread; the caller closes.
final class Answered implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(200);

  private final TestFleet fleet;
  private final TopicReader reader;
  private final Set<String> jobs = new HashSet<>();

  private Answered(TestFleet fleet, TopicReader reader) {
    this.fleet = fleet;
    this.reader = reader;
  }

  static Answered of(TestFleet fleet) {
    String results = fleet.clients().settings().topics().results();
    return new Answered(fleet, TopicReader.fromStart(fleet.clients(), Set.of(results)));
  }

  /// Looks for a moment.
  ///
  /// @return how many have one
  int look() {
    for (TopicReader.Entry entry : reader.poll(LOOK)) {
      try {
        Result result = Wire.read(entry.value().orElseThrow(), Result.class);
        jobs.add(result.jobId() + result.run());
      } catch (WireException e) {
        throw new AssertionError(e);
      }
    }
    return jobs.size();
  }

  int count() {
    return jobs.size();
  }

  /// Waits until so many have one.
  void await(int wanted, Duration patience) {
    Instant end = Instant.now().plus(patience);
    while (look() < wanted) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError(
            "%d of %d answers within %s%n%s%n%s"
                .formatted(count(), wanted, patience, what(), fleet.logs()));
      }
    }
  }

  /// What there is on the topics and what the broker believes is left.
  private String what() {
    Evidence evidence = Evidence.of(fleet);
    List<String> answers = evidence.results().stream().map(r -> r.jobId() + r.run()).toList();
    List<Job> open =
        evidence.submitted().stream()
            .filter(job -> !answers.contains(job.jobId() + job.run()))
            .toList();
    return "%d submitted, %d results, %s%nunanswered: %s%n%s"
        .formatted(
            evidence.submitted().size(),
            answers.size(),
            QueueUse.ask(fleet.clients()),
            open.stream()
                .map(job -> job.directory() + " " + job.jobId() + " " + job.run())
                .toList(),
            evidence.results().stream()
                .map(r -> r.worker() + " " + r.directory() + " " + r.run() + " " + r.replayed())
                .collect(Collectors.joining("\n")));
  }

  @Override
  public void close() {
    reader.close();
  }
}
