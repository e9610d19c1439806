package dev.stemfleet.common.kafka;

import dev.stemfleet.common.domain.QueueMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The topics of one prefix: their names and the settings they are created with. Immutable.
public record Topics(String prefix) {
  private static final String FOREVER = "-1";

  private static final int PARTITIONS_PER_DEVICE = 4;

  /// Of the topics whose messages are told apart by batch, see [BatchPartition].
  private static final int BATCH_PARTITIONS = 16;

  /// A topic as it should be.
  ///
  /// @param name the full name
  /// @param partitions how many; with several of them, a batch lies in one, see [BatchPartition]
  /// @param config the settings that matter to us; all others are the cluster's business
  public record Spec(String name, int partitions, Map<String, String> config) {
    public Spec {
      config = Map.copyOf(config);
    }
  }

  /// What waits to be done in a queue of mode `share`; key: track id.
  public String jobs() {
    return prefix + "jobs";
  }

  /// What waits to be done in a queue of mode `group`; key: track id. All jobs of a track lie in
  /// one partition, which the dispatcher chose.
  public String partitionedJobs() {
    return prefix + "jobs.partitioned";
  }

  /// What waits to be done in a queue of this mode.
  public String jobs(QueueMode mode) {
    return switch (mode) {
      case SHARE -> jobs();
      case GROUP -> partitionedJobs();
    };
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

  /// How this fleet's queue works; key: what is told.
  public String fleet() {
    return prefix + "fleet";
  }

  /// The topic of the fleet's record. It is not compacted: the first of two records must stay, not
  /// the last. There are as many as the queue was moved.
  Spec fleetSpec() {
    return new Spec(fleet(), 1, keptFor(FOREVER));
  }

  /// All that a fleet of this mode needs.
  ///
  /// @param devices how many workers are expected; of the mode `group`
  public List<Spec> specs(QueueMode mode, int devices) {
    List<Spec> specs = new ArrayList<>();
    specs.add(
        switch (mode) {
          // One partition: the share assignor does not give every member every partition, so with
          // more of them one worker may do everything while others idle.
          case SHARE -> new Spec(jobs(), 1, keptFor(FOREVER));
          // Several for each worker: few enough to even out, enough for workers that come later.
          case GROUP ->
              new Spec(partitionedJobs(), PARTITIONS_PER_DEVICE * devices, keptFor(FOREVER));
        });
    specs.addAll(aside());
    return List.copyOf(specs);
  }

  /// Of what is kept for good, a part can be read without the rest. All others keep their order.
  private List<Spec> aside() {
    return List.of(
        new Spec(batches(), BATCH_PARTITIONS, Map.of("cleanup.policy", "compact")),
        new Spec(results(), BATCH_PARTITIONS, Map.of("cleanup.policy", "compact")),
        new Spec(events(), 1, keptFor(millis(Duration.ofHours(24)))),
        new Spec(dead(), 1, keptFor(FOREVER)),
        new Spec(
            control(),
            1,
            Map.of(
                "cleanup.policy", "compact,delete", "retention.ms", millis(Duration.ofDays(14)))),
        fleetSpec());
  }

  /// Whether a topic is divided by batch, with so many partitions. One that has another number of
  /// them, because somebody changed it or an older version made it, may hold a batch anywhere.
  boolean dividedByBatch(String topic, int partitions) {
    return partitions == BATCH_PARTITIONS && (topic.equals(batches()) || topic.equals(results()));
  }

  private static Map<String, String> keptFor(String millis) {
    return Map.of("cleanup.policy", "delete", "retention.ms", millis, "retention.bytes", FOREVER);
  }

  private static String millis(Duration time) {
    return Long.toString(time.toMillis());
  }
}
