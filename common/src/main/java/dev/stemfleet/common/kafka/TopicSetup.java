package dev.stemfleet.common.kafka;

import dev.stemfleet.common.failure.JobException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
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
    if (spec.name().equals(settings.topics().jobs())
        && description.partitions().size() != spec.partitions()) {
      return Finding.warning(
          "Topic %s has %d partitions instead of %d: some workers may idle while others work."
              .formatted(spec.name(), description.partitions().size(), spec.partitions()),
          Commands.deleteTopic(settings, spec.name()) + " (once it is empty; then start again)");
    }
    if (description.partitions().size() != spec.partitions()) {
      return Finding.warning(
          "Topic %s has %d partitions instead of %d: to tell about one batch, all of it is read."
              .formatted(spec.name(), description.partitions().size(), spec.partitions()),
          Commands.deleteTopic(settings, spec.name())
              + " (once nobody needs its history; then start again; do not add partitions)");
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

  private boolean allThere() {
    List<String> names = settings.specs().stream().map(Topics.Spec::name).toList();
    try {
      return Await.get(admin.describeTopics(names).allTopicNames()).size() == names.size();
    } catch (UnknownTopicOrPartitionException e) {
      return false;
    }
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
