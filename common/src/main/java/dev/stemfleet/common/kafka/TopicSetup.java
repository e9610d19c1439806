package dev.stemfleet.common.kafka;

import dev.stemfleet.common.domain.QueueMode;
import dev.stemfleet.common.failure.JobException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Creates the topics and compares those that exist. Never changes or deletes an existing one.
public final class TopicSetup {
  private static final Logger log = LoggerFactory.getLogger(TopicSetup.class);
  private static final int BROKERS_FOR_REPLICATION = 3;

  private final Admin admin;
  private final KafkaSettings settings;

  public TopicSetup(Admin admin, KafkaSettings settings) {
    this.admin = admin;
    this.settings = settings;
  }

  /// Creates what is missing, with three replicas where there are three brokers.
  ///
  /// @return a finding for each topic that exists with other settings
  /// @throws JobException if the broker does not answer or refuses
  public List<Finding> apply() {
    try {
      Set<String> existing = Await.get(admin.listTopics().names());
      int brokers = Await.get(admin.describeCluster().nodes()).size();
      List<NewTopic> missing =
          settings.specs().stream()
              .filter(spec -> !existing.contains(spec.name()))
              .map(spec -> newTopic(spec, brokers))
              .toList();
      create(missing);
      Await.visible("the topics " + settings.prefix() + "*", this::allThere);
      return check().stream().filter(finding -> finding.grade() != Finding.Grade.OK).toList();
    } catch (KafkaException e) {
      throw Await.unreachable("Creating the topics " + settings.prefix() + "*", e);
    }
  }

  /// Creates the topic of the fleet's record if it is missing.
  ///
  /// @return the mode that the queue has if none is recorded: that of the settings, unless only a
  ///   queue of the other mode is there, which an older version made
  /// @throws KafkaException if the broker does not answer or refuses
  QueueMode prepareRecord() {
    Topics topics = settings.topics();
    Set<String> existing = Await.get(admin.listTopics().names());
    if (!existing.contains(topics.fleet())) {
      int brokers = Await.get(admin.describeCluster().nodes()).size();
      create(List.of(newTopic(topics.fleetSpec(), brokers)));
      Await.visible("the topic " + topics.fleet(), () -> allThere(List.of(topics.fleet())));
    }
    QueueMode wanted = settings.queue();
    boolean otherOnly =
        existing.contains(topics.jobs(wanted.other())) && !existing.contains(topics.jobs(wanted));
    return otherOnly ? wanted.other() : wanted;
  }

  /// Compares without changing anything.
  ///
  /// @throws KafkaException if the broker does not answer
  List<Finding> check() {
    Set<String> existing = Await.get(admin.listTopics().names());
    List<Topics.Spec> specs = settings.specs();
    List<Finding> findings = new ArrayList<>();
    specs.stream()
        .filter(spec -> !existing.contains(spec.name()))
        .map(
            spec ->
                Finding.fault(
                    "There is no topic " + spec.name() + ".", Commands.createTopic(settings, spec)))
        .forEach(findings::add);
    List<Topics.Spec> present =
        specs.stream().filter(spec -> existing.contains(spec.name())).toList();
    List<String> names = present.stream().map(Topics.Spec::name).toList();
    Map<String, TopicDescription> descriptions =
        Await.get(admin.describeTopics(names).allTopicNames());
    Map<ConfigResource, Config> configs =
        Await.get(admin.describeConfigs(names.stream().map(TopicSetup::resource).toList()).all());
    for (Topics.Spec spec : present) {
      Config config = configs.get(resource(spec.name()));
      TopicDescription description = descriptions.get(spec.name());
      if (config != null && description != null) {
        findings.add(compare(spec, config, description));
      }
    }
    return findings;
  }

  private Finding compare(Topics.Spec spec, Config config, TopicDescription description) {
    int partitions = description.partitions().size();
    if (partitions != spec.partitions()) {
      Optional<Finding> wrong = otherPartitions(spec, partitions);
      if (wrong.isPresent()) {
        return wrong.get();
      }
    }
    Map<String, String> wrong = new LinkedHashMap<>();
    spec.config()
        .forEach(
            (name, wanted) -> {
              String now =
                  Optional.ofNullable(config.get(name)).map(entry -> entry.value()).orElse("");
              if (!sameValue(wanted, now)) {
                wrong.put(name, wanted);
              }
            });
    if (wrong.isEmpty()) {
      return Finding.ok("Topic " + spec.name() + " is as it should be.");
    }
    return Finding.warning(
        "Topic %s has other settings than wanted: %s."
            .formatted(
                spec.name(), wrong.keySet().stream().sorted().collect(Collectors.joining(", "))),
        Commands.configs(settings, "topics", spec.name(), wrong));
  }

  /// What another number of partitions means; empty if nothing.
  private Optional<Finding> otherPartitions(Topics.Spec spec, int partitions) {
    Topics topics = settings.topics();
    String much =
        "Topic %s has %d partitions instead of %d: "
            .formatted(spec.name(), partitions, spec.partitions());
    String delete = Commands.deleteTopic(settings, spec.name());
    if (spec.name().equals(topics.partitionedJobs())) {
      return partitions > spec.partitions()
          ? Optional.empty()
          : Optional.of(
              Finding.warning(
                  much + "with many workers some idle while others work.",
                  Commands.addPartitions(settings, spec)));
    }
    return Optional.of(
        spec.name().equals(topics.jobs())
            ? Finding.warning(
                much + "some workers may idle while others work.",
                delete + " (once it is empty; then start again)")
            : Finding.warning(
                much + "to tell about one batch, all of it is read.",
                delete
                    + " (once nobody needs its history; then start again; do not add partitions)"));
  }

  private boolean allThere() {
    return allThere(settings.specs().stream().map(Topics.Spec::name).toList());
  }

  private boolean allThere(List<String> names) {
    try {
      Map<String, TopicDescription> there = Await.get(admin.describeTopics(names).allTopicNames());
      awaitOpen(there.values());
      return there.size() == names.size();
    } catch (UnknownTopicOrPartitionException e) {
      return false;
    }
  }

  /// Waits until the brokers have opened all partitions. They tell of a new one a moment earlier,
  /// and a producer that is so quick loses its place for good: of its first batches one is refused
  /// and the next is taken, after which the first is out of order.
  private void awaitOpen(Collection<TopicDescription> topics) {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (TopicDescription topic : topics) {
      topic
          .partitions()
          .forEach(
              one ->
                  ends.put(new TopicPartition(topic.name(), one.partition()), OffsetSpec.latest()));
    }
    var _ = Await.get(admin.listOffsets(ends).all());
  }

  private void create(List<NewTopic> topics) {
    admin
        .createTopics(topics)
        .values()
        .forEach(
            (name, created) -> {
              try {
                Await.get(created);
                log.info("Topic {} created.", name);
              } catch (TopicExistsException e) {
                log.debug("Topic {} was created by somebody else just now.", name, e);
              }
            });
  }

  private static NewTopic newTopic(Topics.Spec spec, int brokers) {
    Map<String, String> config = new LinkedHashMap<>(spec.config());
    short replicas = 1;
    if (brokers >= BROKERS_FOR_REPLICATION) {
      replicas = BROKERS_FOR_REPLICATION;
      config.put("min.insync.replicas", "2");
    }
    return new NewTopic(spec.name(), spec.partitions(), replicas).configs(config);
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }

  /// Lists are compared without regard to order and spaces.
  private static boolean sameValue(String wanted, String now) {
    return Set.of(wanted.split("\\s*,\\s*")).equals(Set.of(now.strip().split("\\s*,\\s*")));
  }
}
