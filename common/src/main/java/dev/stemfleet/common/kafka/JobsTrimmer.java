package dev.stemfleet.common.kafka;

import dev.stemfleet.common.failure.JobException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/// Deletes finished jobs from the jobs topic, which is never trimmed by time: everything before the
/// group's start offset that is older than a day. Called by the dispatcher at a submit.
public final class JobsTrimmer {
  /// How long a finished job stays readable.
  public static final Duration KEPT = Duration.ofDays(1);

  private final Admin admin;
  private final KafkaSettings settings;
  private final InstantSource clock;

  public JobsTrimmer(Admin admin, KafkaSettings settings, InstantSource clock) {
    this.admin = admin;
    this.settings = settings;
    this.clock = clock;
  }

  /// Trims.
  ///
  /// @return the first offset that is kept, of the partitions that were trimmed
  /// @throws JobException if the broker does not answer or refuses
  public Map<Integer, Long> trim() {
    String topic = settings.jobsTopic();
    try {
      Map<TopicPartition, QueueOffsets.Open> taken = new HashMap<>();
      QueueOffsets.ask(admin, settings)
          .partitions()
          .forEach(
              (number, open) -> {
                if (open.taken()) {
                  taken.put(new TopicPartition(topic, number), open);
                }
              });
      Map<TopicPartition, Long> keepFrom = keepFrom(taken);
      if (!keepFrom.isEmpty()) {
        Map<TopicPartition, RecordsToDelete> old = new HashMap<>();
        keepFrom.forEach((one, offset) -> old.put(one, RecordsToDelete.beforeOffset(offset)));
        Await.get(admin.deleteRecords(old).all());
      }
      Map<Integer, Long> kept = new TreeMap<>();
      keepFrom.forEach((one, offset) -> kept.put(one.partition(), offset));
      return kept;
    } catch (KafkaException e) {
      throw Await.unreachable("Trimming " + topic, e);
    }
  }

  /// Of the partitions where something is old and finished.
  private Map<TopicPartition, Long> keepFrom(Map<TopicPartition, QueueOffsets.Open> taken) {
    if (taken.isEmpty()) {
      return Map.of();
    }
    long since = clock.instant().minus(KEPT).toEpochMilli();
    Map<TopicPartition, Long> young = offsets(taken.keySet(), OffsetSpec.forTimestamp(since));
    Map<TopicPartition, Long> earliest = offsets(taken.keySet(), OffsetSpec.earliest());
    Map<TopicPartition, Long> keepFrom = new HashMap<>();
    taken.forEach(
        (one, open) -> {
          long firstYoung = young.getOrDefault(one, -1L);
          long from = firstYoung < 0 ? open.first() : Math.min(open.first(), firstYoung);
          if (from > earliest.getOrDefault(one, 0L)) {
            keepFrom.put(one, from);
          }
        });
    return keepFrom;
  }

  private Map<TopicPartition, Long> offsets(Set<TopicPartition> partitions, OffsetSpec spec) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    Await.get(
            admin
                .listOffsets(partitions.stream().collect(Collectors.toMap(one -> one, one -> spec)))
                .all())
        .forEach((one, found) -> offsets.put(one, found.offset()));
    return offsets;
  }
}
