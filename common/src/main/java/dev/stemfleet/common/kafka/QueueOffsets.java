package dev.stemfleet.common.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/// Where the jobs lie that are not finished, by partition of the jobs topic of the settings' mode.
/// Immutable.
public record QueueOffsets(Map<Integer, Open> partitions) {
  /// What is open in one partition.
  ///
  /// @param first the first job that is not finished
  /// @param end after the newest record
  /// @param waiting jobs that are not finished; in a share group, finished ones may lie between
  /// @param taken whether anybody has ever taken a job from here
  public record Open(long first, long end, long waiting, boolean taken) {}

  public QueueOffsets {
    partitions = Map.copyOf(partitions);
  }

  /// Asks the broker.
  ///
  /// @return nothing where there is no such topic
  /// @throws KafkaException if the broker does not answer or refuses
  public static QueueOffsets ask(Admin admin, KafkaSettings settings) {
    try {
      List<TopicPartition> all = partitions(admin, settings.jobsTopic());
      Map<TopicPartition, Progress> known = progress(admin, settings, all);
      Map<TopicPartition, Long> earliest = offsets(admin, all, OffsetSpec.earliest());
      Map<TopicPartition, Long> ends = offsets(admin, all, OffsetSpec.latest());
      Map<Integer, Open> open = new TreeMap<>();
      for (TopicPartition one : all) {
        open.put(
            one.partition(),
            open(known.get(one), earliest.getOrDefault(one, 0L), ends.getOrDefault(one, 0L)));
      }
      return new QueueOffsets(open);
    } catch (UnknownTopicOrPartitionException e) {
      return new QueueOffsets(Map.of());
    }
  }

  private static Open open(@Nullable Progress known, long earliest, long end) {
    if (known == null) {
      return new Open(earliest, end, end - earliest, false);
    }
    long first = Math.clamp(known.first(), earliest, Math.max(earliest, end));
    return new Open(first, end, Math.min(known.lag().orElse(end - first), end - first), true);
  }

  /// How many records were ever written to a topic from which nothing is compacted.
  ///
  /// @return 0 where there is no such topic
  /// @throws KafkaException if the broker does not answer or refuses
  static long written(Admin admin, String topic) {
    try {
      return offsets(admin, partitions(admin, topic), OffsetSpec.latest()).values().stream()
          .mapToLong(Long::longValue)
          .sum();
    } catch (UnknownTopicOrPartitionException e) {
      return 0;
    }
  }

  /// Jobs that are not finished.
  public long waiting() {
    return partitions.values().stream().mapToLong(Open::waiting).sum();
  }

  /// Whether anybody has ever taken a job.
  public boolean taken() {
    return partitions.values().stream().anyMatch(Open::taken);
  }

  /// Declares everything before these offsets finished. Kafka refuses while the group has members.
  ///
  /// @param first by partition
  /// @throws KafkaException if the broker does not answer or refuses
  public static void advance(Admin admin, KafkaSettings settings, Map<Integer, Long> first) {
    String group = settings.group();
    var _ =
        switch (settings.queue()) {
          case SHARE ->
              Await.get(admin.alterShareGroupOffsets(group, named(settings, first)).all());
          case GROUP ->
              Await.get(
                  admin
                      .alterConsumerGroupOffsets(
                          group,
                          named(settings, first).entrySet().stream()
                              .collect(
                                  Collectors.toMap(
                                      Map.Entry::getKey,
                                      entry -> new OffsetAndMetadata(entry.getValue()))))
                      .all());
        };
  }

  /// Deletes what is finished from the jobs topic. Kafka forgets how far a consumer group was when
  /// it had no members for a week, and would count all of it as open again.
  ///
  /// @return whether this user may
  /// @throws KafkaException if the broker does not answer
  public static boolean deleteFinished(Admin admin, KafkaSettings settings) {
    Map<TopicPartition, RecordsToDelete> finished = new HashMap<>();
    ask(admin, settings)
        .partitions()
        .forEach(
            (number, open) ->
                finished.put(
                    new TopicPartition(settings.jobsTopic(), number),
                    RecordsToDelete.beforeOffset(open.first())));
    try {
      Await.get(admin.deleteRecords(finished).all());
      return true;
    } catch (AuthorizationException e) {
      return false;
    }
  }

  private static Map<TopicPartition, Long> named(KafkaSettings settings, Map<Integer, Long> first) {
    return first.entrySet().stream()
        .collect(
            Collectors.toMap(
                entry -> new TopicPartition(settings.jobsTopic(), entry.getKey()),
                Map.Entry::getValue));
  }

  private static List<TopicPartition> partitions(Admin admin, String topic) {
    return Await.get(
            Objects.requireNonNull(
                admin.describeTopics(List.of(topic)).topicNameValues().get(topic)))
        .partitions()
        .stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .toList();
  }

  private static Map<TopicPartition, Long> offsets(
      Admin admin, List<TopicPartition> all, OffsetSpec spec) {
    Map<TopicPartition, OffsetSpec> wanted =
        all.stream().collect(Collectors.toMap(one -> one, one -> spec));
    return Await.get(admin.listOffsets(wanted).all()).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> offset(entry.getValue())));
  }

  private static long offset(ListOffsetsResultInfo info) {
    return info.offset();
  }

  /// How far the group is in a partition.
  ///
  /// @param lag empty where the broker does not count
  private record Progress(long first, OptionalLong lag) {}

  private static Map<TopicPartition, Progress> progress(
      Admin admin, KafkaSettings settings, List<TopicPartition> all) {
    try {
      return switch (settings.queue()) {
        case SHARE -> acknowledged(admin, settings.group(), all);
        case GROUP -> committed(admin, settings.group(), all);
      };
    } catch (GroupIdNotFoundException e) {
      return Map.of();
    }
  }

  private static Map<TopicPartition, Progress> acknowledged(
      Admin admin, String group, List<TopicPartition> all) {
    ListShareGroupOffsetsSpec spec = new ListShareGroupOffsetsSpec().topicPartitions(all);
    Map<TopicPartition, SharePartitionOffsetInfo> found =
        Await.get(admin.listShareGroupOffsets(Map.of(group, spec)).partitionsToOffsetInfo(group));
    Map<TopicPartition, Progress> progress = new HashMap<>();
    found.forEach(
        (one, info) -> {
          if (info != null) {
            OptionalLong lag =
                info.lag().isPresent() ? OptionalLong.of(info.lag().get()) : OptionalLong.empty();
            progress.put(one, new Progress(info.startOffset(), lag));
          }
        });
    return progress;
  }

  private static Map<TopicPartition, Progress> committed(
      Admin admin, String group, List<TopicPartition> all) {
    ListConsumerGroupOffsetsSpec spec = new ListConsumerGroupOffsetsSpec().topicPartitions(all);
    Map<TopicPartition, OffsetAndMetadata> found =
        Await.get(
            admin
                .listConsumerGroupOffsets(Map.of(group, spec))
                .partitionsToOffsetAndMetadata(group));
    Map<TopicPartition, Progress> progress = new HashMap<>();
    found.forEach(
        (one, offset) -> {
          if (offset != null) {
            progress.put(one, new Progress(offset.offset(), OptionalLong.empty()));
          }
        });
    return progress;
  }
}
