package dev.stemfleet.worker.faults;

import dev.stemfleet.common.kafka.TopicReader;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.common.message.Wire;
import dev.stemfleet.common.message.WireException;
import dev.stemfleet.worker.fleet.TestFleet;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

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
            "%d of %d answers within %s%n%s".formatted(count(), wanted, patience, fleet.logs()));
      }
    }
  }

  @Override
  public void close() {
    reader.close();
  }
}
