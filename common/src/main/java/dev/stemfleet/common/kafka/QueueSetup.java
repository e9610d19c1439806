package dev.stemfleet.common.kafka;

import dev.stemfleet.common.domain.QueueMode;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/// Makes a Kafka ready for the queue, whoever comes first: dispatcher or worker. Stateless.
public final class QueueSetup {
  private QueueSetup() {}

  /// Checks that this Kafka can carry the queue and that the fleet's queue has the mode of the
  /// settings, then creates what is missing of topics and group. What is there already stays as it
  /// is.
  ///
  /// @param patience how long to wait for a first answer
  /// @return what works but is not as it should be
  /// @throws dev.stemfleet.common.config.ConfigException if the fleet's queue has the other mode
  /// @throws JobException `BROKER_UNREACHABLE` if this Kafka cannot be used, with the command that
  ///   mends it
  public static List<Finding> apply(KafkaClients clients, Duration patience) {
    for (Finding finding : new ClusterCheck(clients).basics(patience)) {
      if (finding.grade() == Finding.Grade.FAULT) {
        throw new JobException(FailureCode.BROKER_UNREACHABLE, finding.line());
      }
    }
    join(clients);
    return layOut(clients);
  }

  /// Creates the topic of the fleet's record if it is missing, for whoever writes there next.
  ///
  /// @throws JobException `BROKER_UNREACHABLE` if the broker does not answer or refuses
  public static void prepare(KafkaClients clients) {
    try (Admin admin = clients.admin()) {
      var _ = new TopicSetup(admin, clients.settings()).prepareRecord();
    } catch (KafkaException e) {
      throw Await.unreachable("Creating " + clients.settings().topics().fleet(), e);
    }
  }

  /// Makes sure that the fleet's queue has the mode of the settings, and records it if nobody did.
  ///
  /// @throws dev.stemfleet.common.config.ConfigException if the fleet's queue has the other mode
  /// @throws JobException `BROKER_UNREACHABLE` if the broker does not answer or refuses
  public static void join(KafkaClients clients) {
    KafkaSettings settings = clients.settings();
    try (Admin admin = clients.admin()) {
      QueueMode found = new TopicSetup(admin, settings).prepareRecord();
      new RecordedQueue(clients, InstantSource.system()).claim(found);
    } catch (KafkaException e) {
      throw Await.unreachable("Reading how the queue works from " + settings.topics().fleet(), e);
    }
  }

  /// Creates what is missing of topics and group for the mode of the settings, whatever is
  /// recorded.
  ///
  /// @return what works but is not as it should be
  /// @throws JobException `BROKER_UNREACHABLE` if the broker does not answer or refuses
  public static List<Finding> layOut(KafkaClients clients) {
    KafkaSettings settings = clients.settings();
    try (Admin admin = clients.admin()) {
      List<Finding> warnings = new TopicSetup(admin, settings).apply();
      if (settings.queue() == QueueMode.SHARE) {
        new ShareGroup(admin, settings).apply(settings.lock());
      }
      return warnings;
    }
  }
}
