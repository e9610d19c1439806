package dev.stemfleet.common.kafka;

import dev.stemfleet.common.domain.QueueMode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.FeatureMetadata;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.SupportedVersionRange;
import org.apache.kafka.common.KafkaException;

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
      findings.addAll(attempt("the fleet's record", this::record));
      findings.addAll(attempt("the topics", () -> new TopicSetup(admin, settings).check()));
      if (settings.queue() == QueueMode.SHARE) {
        findings.addAll(
            attempt("the share group", () -> new ShareGroup(admin, settings).check(lock)));
      }
      findings.addAll(
          attempt("the rights", () -> new RightsCheck(admin, settings, role).findings()));
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
      case GROUP -> groupFeatures(features);
    };
  }

  /// What the mode `group` needs (transactions that know their group, KIP-447) came with Kafka 2.5.
  /// Brokers before 3.3 do not tell their version.
  private static List<Finding> groupFeatures(FeatureMetadata features) {
    String tried = " A queue of mode group wants 2.5 or newer; it was tried with 4.3 only.";
    SupportedVersionRange software = features.supportedFeatures().get("metadata.version");
    if (software == null) {
      return List.of(Finding.ok("The brokers do not tell how old they are." + tried));
    }
    return List.of(
        Finding.ok(
            software.maxVersion() < KAFKA_4_2
                ? "Kafka is older than 4.2." + tried
                : "Kafka is 4.2 or newer; a queue of mode group does not need share groups."));
  }

  private List<Finding> shareFeatures(FeatureMetadata features) {
    SupportedVersionRange software = features.supportedFeatures().get("metadata.version");
    if (software == null || software.maxVersion() < KAFKA_4_2) {
      return List.of(
          Finding.fault(
              "The brokers are older than Kafka 4.2, which brought share groups.",
              "upgrade the brokers to 4.2 or newer, or use --queue group"));
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

  private List<Finding> record() {
    RecordedQueue recorded = new RecordedQueue(clients, InstantSource.system());
    return recorded
        .read()
        .map(
            found ->
                recorded
                    .problem(found)
                    .map(no -> Finding.fault("Not to be joined: " + no.what() + ".", no.mend()))
                    .orElseGet(
                        () ->
                            Finding.ok(
                                "The queue has mode %s since %s, recorded by %s."
                                    .formatted(found.mode(), found.since(), found.by()))))
        .map(List::of)
        .orElseGet(List::of);
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
