package dev.stemfleet.common.kafka;

import dev.stemfleet.common.failure.JobException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

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
  /// @return the first offset that is kept; empty if there was nothing to trim
  /// @throws JobException if the broker does not answer or refuses
  public OptionalLong trim() {
    TopicPartition jobs = new TopicPartition(settings.topics().jobs(), 0);
    try {
      OptionalLong start = startOffset(jobs);
      if (start.isEmpty()) {
        return OptionalLong.empty();
      }
      long keepFrom = Math.min(start.getAsLong(), firstYoung(jobs));
      if (keepFrom <= earliest(jobs)) {
        return OptionalLong.empty();
      }
      Await.get(admin.deleteRecords(Map.of(jobs, RecordsToDelete.beforeOffset(keepFrom))).all());
      return OptionalLong.of(keepFrom);
    } catch (KafkaException e) {
      throw Await.unreachable("Trimming " + jobs.topic(), e);
    }
  }

  /// Where the group's first unfinished job lies; empty if nobody has taken any job yet.
  private OptionalLong startOffset(TopicPartition jobs) {
    ListShareGroupOffsetsSpec spec = new ListShareGroupOffsetsSpec().topicPartitions(List.of(jobs));
    try {
      SharePartitionOffsetInfo info =
          Await.get(
                  admin
                      .listShareGroupOffsets(Map.of(settings.group(), spec))
                      .partitionsToOffsetInfo(settings.group()))
              .get(jobs);
      return info == null ? OptionalLong.empty() : OptionalLong.of(info.startOffset());
    } catch (GroupIdNotFoundException e) {
      return OptionalLong.empty();
    }
  }

  private long firstYoung(TopicPartition jobs) {
    long since = clock.instant().minus(KEPT).toEpochMilli();
    long offset = offset(jobs, OffsetSpec.forTimestamp(since));
    return offset < 0 ? Long.MAX_VALUE : offset;
  }

  private long earliest(TopicPartition jobs) {
    return offset(jobs, OffsetSpec.earliest());
  }

  private long offset(TopicPartition jobs, OffsetSpec spec) {
    return Await.get(admin.listOffsets(Map.of(jobs, spec)).partitionResult(jobs)).offset();
  }
}
