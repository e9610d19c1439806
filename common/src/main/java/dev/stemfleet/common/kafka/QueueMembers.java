package dev.stemfleet.common.kafka;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ShareGroupDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/// Who takes jobs at present, as the group's coordinator knows it: a worker that was killed is a
/// member until its session is over. Immutable.
public record QueueMembers(List<Member> members) {
  /// A worker.
  ///
  /// @param id as the coordinator calls it
  /// @param host where it runs
  /// @param partitions of the jobs topic that it may take from
  public record Member(String id, String host, Set<Integer> partitions) {
    public Member {
      partitions = Set.copyOf(partitions);
    }
  }

  public QueueMembers {
    members = List.copyOf(members);
  }

  /// Asks for the members of the group of the settings' mode.
  ///
  /// @throws KafkaException if the broker does not answer or refuses
  public static QueueMembers ask(Admin admin, KafkaSettings settings) {
    String group = settings.group();
    try {
      return new QueueMembers(
          switch (settings.queue()) {
            case SHARE -> share(admin, group);
            case GROUP -> consumers(admin, group);
          });
    } catch (GroupIdNotFoundException e) {
      return new QueueMembers(List.of());
    }
  }

  public boolean isEmpty() {
    return members.isEmpty();
  }

  /// Where they run, each host once.
  public String hosts() {
    return members.stream()
        .map(member -> member.host().replaceFirst("^/", ""))
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static List<Member> share(Admin admin, String group) {
    ShareGroupDescription found =
        Await.get(
            Objects.requireNonNull(
                admin.describeShareGroups(List.of(group)).describedGroups().get(group)));
    return found.members().stream()
        .map(one -> member(one.consumerId(), one.host(), one.assignment().topicPartitions()))
        .toList();
  }

  private static List<Member> consumers(Admin admin, String group) {
    ConsumerGroupDescription found =
        Await.get(
            Objects.requireNonNull(
                admin.describeConsumerGroups(List.of(group)).describedGroups().get(group)));
    return found.members().stream()
        .map(one -> member(one.consumerId(), one.host(), one.assignment().topicPartitions()))
        .toList();
  }

  private static Member member(String id, String host, Collection<TopicPartition> partitions) {
    return new Member(
        id, host, partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet()));
  }
}
