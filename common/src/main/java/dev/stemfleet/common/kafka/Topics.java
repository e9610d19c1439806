package dev.stemfleet.common.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The topics of one prefix: their names and the settings they are created with. Immutable.
public record Topics(String prefix) {
  private static final String FOREVER = "-1";

  /// A topic as it should be.
  ///
  /// @param name the full name
  /// @param partitions how many; a number that matters only for the jobs topic
  /// @param config the settings that matter to us; all others are the cluster's business
  public record Spec(String name, int partitions, Map<String, String> config) {
    public Spec {
      config = Map.copyOf(config);
    }
  }

  /// What waits to be done; key: track id.
  public String jobs() {
    return prefix + "jobs";
  }

  /// The jobs as submitted; key: job id.
  public String batches() {
    return prefix + "batches";
  }

  /// One result per finished job; key: job id.
  public String results() {
    return prefix + "results";
  }

  /// Started, progress, retrying, heartbeats; key: job or worker id.
  public String events() {
    return prefix + "events";
  }

  /// What was given up; key: track id.
  public String dead() {
    return prefix + "jobs.dead";
  }

  /// Cancels; key: run or job id.
  public String control() {
    return prefix + "control";
  }

  /// All of them.
  public List<Spec> specs() {
    // One partition for the jobs: the share assignor does not give every member every partition, so
    // with more of them one worker may do everything while others idle. The rest keeps its order.
    return List.of(
        new Spec(jobs(), 1, keptFor(FOREVER)),
        new Spec(batches(), 1, Map.of("cleanup.policy", "compact")),
        new Spec(results(), 1, Map.of("cleanup.policy", "compact")),
        new Spec(events(), 1, keptFor(millis(Duration.ofHours(24)))),
        new Spec(dead(), 1, keptFor(FOREVER)),
        new Spec(
            control(),
            1,
            Map.of(
                "cleanup.policy", "compact,delete", "retention.ms", millis(Duration.ofDays(14)))));
  }

  private static Map<String, String> keptFor(String millis) {
    return Map.of("cleanup.policy", "delete", "retention.ms", millis, "retention.bytes", FOREVER);
  }

  private static String millis(Duration time) {
    return Long.toString(time.toMillis());
  }
}
