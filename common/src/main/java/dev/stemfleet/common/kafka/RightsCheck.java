package dev.stemfleet.common.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeShareGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.jspecify.annotations.Nullable;

/// Whether the user has the rights of a role on topics and group, as far as the broker tells.
///
/// @param admin of the user; belongs to the caller
record RightsCheck(Admin admin, KafkaSettings settings, Role role) {
  /// @throws KafkaException if the broker does not answer
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    List<String> names = settings.specs().stream().map(Topics.Spec::name).toList();
    admin
        .describeTopics(names, new DescribeTopicsOptions().includeAuthorizedOperations(true))
        .topicNameValues()
        .forEach((name, future) -> findings.addAll(onTopic(name, future)));
    findings.addAll(onGroup());
    if (findings.isEmpty()) {
      findings.add(Finding.ok("This user has the rights that are needed."));
    }
    return findings;
  }

  private List<Finding> onTopic(String topic, KafkaFuture<TopicDescription> future) {
    try {
      Set<AclOperation> allowed = Await.get(future).authorizedOperations();
      Set<AclOperation> needed = role.own(settings).getOrDefault(topic, Set.of());
      return missing(allowed, needed, "topic", topic);
    } catch (KafkaException e) {
      // A topic that is missing or hidden is a finding of its own.
      return List.of();
    }
  }

  private List<Finding> onGroup() {
    try {
      Set<AclOperation> allowed =
          switch (settings.queue()) {
            case SHARE -> onShareGroup();
            case GROUP -> onConsumerGroup();
          };
      return missing(allowed, role.onGroup(settings.queue()), "group", settings.group());
    } catch (GroupIdNotFoundException e) {
      // Nobody has joined yet, so the broker cannot tell.
      return List.of();
    }
  }

  private @Nullable Set<AclOperation> onShareGroup() {
    String group = settings.group();
    DescribeShareGroupsOptions withRights =
        new DescribeShareGroupsOptions().includeAuthorizedOperations(true);
    return Await.get(
            Objects.requireNonNull(
                admin.describeShareGroups(List.of(group), withRights).describedGroups().get(group)))
        .authorizedOperations();
  }

  private @Nullable Set<AclOperation> onConsumerGroup() {
    String group = settings.group();
    DescribeConsumerGroupsOptions withRights =
        new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true);
    return Await.get(
            Objects.requireNonNull(
                admin
                    .describeConsumerGroups(List.of(group), withRights)
                    .describedGroups()
                    .get(group)))
        .authorizedOperations();
  }

  private List<Finding> missing(
      @Nullable Set<AclOperation> allowed, Set<AclOperation> needed, String kind, String name) {
    if (allowed == null || allowed.isEmpty()) {
      return List.of();
    }
    return needed.stream()
        .filter(operation -> !allowed.contains(operation) && !allowed.contains(AclOperation.ALL))
        .sorted()
        .map(
            operation ->
                Finding.fault(
                    "This user has no right to %s on %s %s.".formatted(operation, kind, name),
                    Commands.allow(settings, operation.name(), kind, name)))
        .toList();
  }
}
