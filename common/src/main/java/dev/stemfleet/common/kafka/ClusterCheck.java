package dev.stemfleet.common.kafka;

import dev.stemfleet.common.config.QueueMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeShareGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.FeatureMetadata;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.ShareGroupDescription;
import org.apache.kafka.clients.admin.SupportedVersionRange;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/// What `doctor` shows and dispatcher and worker look at when they start: whether this Kafka can
/// carry the queue. One finding per thing looked at; it changes nothing. Stateless.
public final class ClusterCheck {
  /// The level of `metadata.version` that Kafka 4.2 brought (4.2-IV0).
  private static final int KAFKA_4_2 = 28;

  private final KafkaClients clients;
  private final KafkaSettings settings;

  public ClusterCheck(KafkaClients clients) {
    this.clients = clients;
    this.settings = clients.settings();
  }

  /// Looks only at what nobody can mend from here: whether Kafka answers and knows share groups.
  /// For whoever sets up topics and group next.
  ///
  /// @param patience how long to wait for a first answer
  public List<Finding> basics(Duration patience) {
    List<Finding> findings = new ArrayList<>();
    try (Admin admin = clients.admin()) {
      if (reachable(admin, patience, findings)) {
        findings.addAll(attempt("the features", () -> features(admin)));
      }
    } catch (KafkaException e) {
      findings.add(notOpened(e));
    }
    return findings;
  }

  /// Looks at everything; stops early where nothing further can be found out.
  ///
  /// @param patience how long to wait for a first answer
  /// @param lock the lock length that the group should have
  /// @param role whose rights this user should have
  public List<Finding> run(Duration patience, Duration lock, Role role) {
    List<Finding> findings = new ArrayList<>();
    try (Admin admin = clients.admin()) {
      if (!reachable(admin, patience, findings)) {
        return findings;
      }
      findings.addAll(attempt("the features", () -> features(admin)));
      if (Finding.anyFault(findings)) {
        return findings;
      }
      findings.addAll(attempt("the topics", () -> new TopicSetup(admin, settings).check()));
      if (settings.queue() == QueueMode.SHARE) {
        findings.addAll(
            attempt("the share group", () -> new ShareGroup(admin, settings).check(lock)));
      }
      findings.addAll(attempt("the rights", () -> rights(admin, role)));
    } catch (KafkaException e) {
      findings.add(notOpened(e));
    }
    return findings;
  }

  private static Finding notOpened(KafkaException e) {
    return Finding.fault("No Kafka client can be opened: " + reason(e), "check --kafka-config");
  }

  private boolean reachable(Admin admin, Duration patience, List<Finding> findings) {
    try {
      int limit = Math.toIntExact(patience.toMillis());
      int brokers =
          Await.get(admin.describeCluster(new DescribeClusterOptions().timeoutMs(limit)).nodes())
              .size();
      findings.add(
          Finding.ok(
              "Kafka answers at %s (%d broker%s)."
                  .formatted(settings.bootstrapServers(), brokers, brokers == 1 ? "" : "s")));
      return true;
    } catch (KafkaException e) {
      findings.add(
          Finding.fault(
              "Kafka does not answer at %s: %s".formatted(settings.bootstrapServers(), reason(e)),
              "start it, or name another one: --bootstrap-servers HOST:PORT"));
      return false;
    }
  }

  private List<Finding> features(Admin admin) {
    FeatureMetadata features = Await.get(admin.describeFeatures().featureMetadata());
    return switch (settings.queue()) {
      case SHARE -> shareFeatures(features);
      case GROUP -> List.of(Finding.ok("A queue of mode group needs no share groups."));
    };
  }

  private List<Finding> shareFeatures(FeatureMetadata features) {
    SupportedVersionRange software = features.supportedFeatures().get("metadata.version");
    if (software == null || software.maxVersion() < KAFKA_4_2) {
      return List.of(
          Finding.fault(
              "The brokers are older than Kafka 4.2, which brought share groups.",
              "upgrade the brokers to 4.2 or newer"));
    }
    FinalizedVersionRange share = features.finalizedFeatures().get("share.version");
    if (share == null || share.maxVersionLevel() < 1) {
      return List.of(
          Finding.fault(
              "Share groups are switched off (feature share.version).",
              Commands.feature(settings, "share.version", 1)));
    }
    return List.of(Finding.ok("Kafka is 4.2 or newer and share groups are on."));
  }

  private List<Finding> rights(Admin admin, Role role) {
    List<Finding> findings = new ArrayList<>();
    List<String> names = settings.specs().stream().map(Topics.Spec::name).toList();
    admin
        .describeTopics(names, new DescribeTopicsOptions().includeAuthorizedOperations(true))
        .topicNameValues()
        .forEach((name, future) -> findings.addAll(rights(name, future, role)));
    findings.addAll(groupRights(admin, role));
    if (findings.isEmpty()) {
      findings.add(Finding.ok("This user has the rights that are needed."));
    }
    return findings;
  }

  private List<Finding> rights(String topic, KafkaFuture<TopicDescription> future, Role role) {
    try {
      Set<AclOperation> allowed = Await.get(future).authorizedOperations();
      Set<AclOperation> needed = role.own(settings).getOrDefault(topic, Set.of());
      return missing(allowed, needed, "topic", topic);
    } catch (KafkaException e) {
      // A topic that is missing or hidden is a finding of its own.
      return List.of();
    }
  }

  private List<Finding> groupRights(Admin admin, Role role) {
    try {
      Map<String, ShareGroupDescription> groups =
          Await.get(
              admin
                  .describeShareGroups(
                      List.of(settings.group()),
                      new DescribeShareGroupsOptions().includeAuthorizedOperations(true))
                  .all());
      ShareGroupDescription group = groups.get(settings.group());
      return group == null
          ? List.of()
          : missing(
              group.authorizedOperations(),
              role.onGroup(settings.queue()),
              "group",
              settings.group());
    } catch (GroupIdNotFoundException e) {
      // Nobody has joined yet, so the broker cannot tell.
      return List.of();
    }
  }

  private List<Finding> missing(
      Set<AclOperation> allowed, Set<AclOperation> needed, String kind, String name) {
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

  private interface Look {
    List<Finding> look();
  }

  private static List<Finding> attempt(String what, Look look) {
    try {
      return look.look();
    } catch (KafkaException e) {
      return List.of(
          Finding.fault(
              "Kafka does not tell about " + what + ": " + reason(e), "check this user's rights"));
    }
  }

  private static String reason(KafkaException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
