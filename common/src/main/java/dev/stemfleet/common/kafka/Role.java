package dev.stemfleet.common.kafka;

import dev.stemfleet.common.domain.QueueMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.acl.AclOperation;

/// What a program of a fleet does with Kafka, and the rights that it needs for it: no more. The
/// only place that names them; the page of rights is printed from it.
public enum Role {
  /// Creates topics and sets up the group, once; then nobody else has to.
  SETUP("makes topics and group, once"),
  /// `submit`, `retry`, `cancel`, and whatever a watcher does.
  SUBMITTER("`submit`, `retry`, `cancel`"),
  /// `worker`, `fleet`.
  WORKER("`worker`, `fleet`"),
  /// `status`, `tail`, `workers`, `cache`, `queue`.
  WATCHER("`tail`, `status`, `workers`, `cache`, `queue`"),
  /// `queue migrate`; needs its rights of both modes.
  MIGRATOR("`queue migrate`");

  private final String commands;

  Role(String commands) {
    this.commands = commands;
  }

  /// Who is meant, in words.
  public String commands() {
    return commands;
  }

  /// What it does to each topic, by the topic's name.
  public Map<String, Set<AclOperation>> onTopics(KafkaSettings settings) {
    Map<String, Set<AclOperation>> rights = new TreeMap<>();
    for (Topics.Spec spec : settings.specs()) {
      Set<AclOperation> all = new TreeSet<>(own(settings).getOrDefault(spec.name(), Set.of()));
      all.add(AclOperation.DESCRIBE);
      if (this != WATCHER) {
        // Everybody who changes something looks first whether the topics are as they should be.
        all.add(AclOperation.DESCRIBE_CONFIGS);
      }
      if (this == SETUP || this == MIGRATOR) {
        all.add(AclOperation.CREATE);
      }
      rights.put(spec.name(), all);
    }
    return rights;
  }

  /// What it does to the group of workers.
  public Set<AclOperation> onGroup(QueueMode queue) {
    return switch (queue) {
      case SHARE -> onShareGroup();
      case GROUP -> onConsumerGroup();
    };
  }

  /// What it does to transactions whose names begin with [KafkaSettings#transactions()].
  public Set<AclOperation> onTransactions(QueueMode queue) {
    return this == WORKER && queue == QueueMode.GROUP
        ? Set.of(AclOperation.WRITE, AclOperation.DESCRIBE)
        : Set.of();
  }

  private Set<AclOperation> onConsumerGroup() {
    return switch (this) {
      case SETUP -> Set.of();
      case WORKER -> Set.of(AclOperation.READ);
      case MIGRATOR -> Set.of(AclOperation.READ, AclOperation.DESCRIBE);
      case SUBMITTER, WATCHER -> Set.of(AclOperation.DESCRIBE);
    };
  }

  private Set<AclOperation> onShareGroup() {
    return switch (this) {
      case SETUP -> Set.of(AclOperation.DESCRIBE_CONFIGS, AclOperation.ALTER_CONFIGS);
      case WORKER -> Set.of(AclOperation.READ, AclOperation.DESCRIBE_CONFIGS);
      case SUBMITTER, WATCHER -> Set.of(AclOperation.DESCRIBE, AclOperation.DESCRIBE_CONFIGS);
      case MIGRATOR ->
          Set.of(
              AclOperation.READ,
              AclOperation.DESCRIBE,
              AclOperation.DESCRIBE_CONFIGS,
              AclOperation.ALTER_CONFIGS);
    };
  }

  /// What it asks of the cluster.
  public Set<AclOperation> onCluster() {
    return this == WATCHER ? Set.of() : Set.of(AclOperation.DESCRIBE_CONFIGS);
  }

  /// What it reads and writes.
  Map<String, Set<AclOperation>> own(KafkaSettings settings) {
    Topics topics = settings.topics();
    Set<AclOperation> read = Set.of(AclOperation.READ);
    Set<AclOperation> write = Set.of(AclOperation.WRITE);
    Set<AclOperation> both = Set.of(AclOperation.READ, AclOperation.WRITE);
    Map<String, Set<AclOperation>> own = new LinkedHashMap<>();
    own.put(topics.fleet(), this == SETUP || this == MIGRATOR ? both : read);
    switch (this) {
      case SETUP -> {}
      case SUBMITTER -> {
        own.put(settings.jobsTopic(), write);
        own.put(topics.batches(), both);
        own.put(topics.results(), read);
        own.put(topics.events(), read);
        own.put(topics.dead(), read);
        own.put(topics.control(), both);
      }
      case WORKER -> {
        // A job on its last delivery is sent again.
        own.put(settings.jobsTopic(), both);
        own.put(topics.results(), write);
        own.put(topics.events(), write);
        own.put(topics.dead(), write);
        own.put(topics.control(), read);
      }
      case MIGRATOR -> {
        own.put(settings.jobsTopic(), both);
        own.put(topics.batches(), read);
        own.put(topics.results(), read);
        own.put(topics.events(), read);
        own.put(topics.control(), read);
      }
      case WATCHER -> {
        own.put(topics.batches(), read);
        own.put(topics.results(), read);
        own.put(topics.events(), read);
        own.put(topics.control(), read);
      }
    }
    return own;
  }
}
