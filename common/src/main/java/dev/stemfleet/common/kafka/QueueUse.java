package dev.stemfleet.common.kafka;

import dev.stemfleet.common.failure.JobException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// How full the queue is, as the share group counts it. Immutable.
///
/// @param waiting jobs that are not finished
/// @param span records from the first unfinished job to the newest: finished ones behind an
///   unfinished one count, too
/// @param window how many records of the span can be handed out: when the first job hangs, workers
///   stall once that many are finished behind it
public record QueueUse(long waiting, long span, long window) {
  private static final String WINDOW = "share.partition.max.record.locks";

  /// Share of the window that is taken, 0…1; the span may be longer than the window.
  public double windowUse() {
    return window <= 0 ? 0 : Math.min(1, (double) Math.min(span, window) / window);
  }

  /// Asks the broker.
  ///
  /// @return empty if nobody has taken any job yet
  /// @throws JobException `BROKER_UNREACHABLE` if the broker does not answer or refuses
  public static Optional<QueueUse> ask(KafkaClients clients) {
    KafkaSettings settings = clients.settings();
    TopicPartition jobs = new TopicPartition(settings.topics().jobs(), 0);
    try (Admin admin = clients.admin()) {
      SharePartitionOffsetInfo info =
          Await.get(
                  admin
                      .listShareGroupOffsets(
                          Map.of(
                              settings.group(),
                              new ListShareGroupOffsetsSpec().topicPartitions(List.of(jobs))))
                      .partitionsToOffsetInfo(settings.group()))
              .get(jobs);
      if (info == null) {
        return Optional.empty();
      }
      long end =
          Await.get(admin.listOffsets(Map.of(jobs, OffsetSpec.latest())).partitionResult(jobs))
              .offset();
      long span = Math.max(0, end - info.startOffset());
      return Optional.of(new QueueUse(info.lag().orElse(span), span, window(admin, settings)));
    } catch (GroupIdNotFoundException | UnknownTopicOrPartitionException e) {
      return Optional.empty();
    } catch (KafkaException e) {
      throw Await.unreachable("Asking for the offsets of " + settings.group(), e);
    }
  }

  private static long window(Admin admin, KafkaSettings settings) {
    ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, settings.group());
    Config config = Await.get(admin.describeConfigs(List.of(group)).all()).get(group);
    ConfigEntry entry = config == null ? null : config.get(WINDOW);
    return entry == null || entry.value() == null ? 0 : Long.parseLong(entry.value());
  }
}
