package dev.stemfleet.common.kafka;

import dev.stemfleet.common.config.QueueMode;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;

/// Makes a Kafka ready for the queue, whoever comes first: dispatcher or worker. Stateless.
public final class QueueSetup {
  private QueueSetup() {}

  /// Checks that this Kafka can carry the queue, then creates what is missing of topics and group.
  /// What is there already stays as it is.
  ///
  /// @param patience how long to wait for a first answer
  /// @return what works but is not as it should be
  /// @throws JobException `BROKER_UNREACHABLE` if this Kafka cannot be used, with the command that
  ///   mends it
  public static List<Finding> apply(KafkaClients clients, Duration patience) {
    for (Finding finding : new ClusterCheck(clients).basics(patience)) {
      if (finding.grade() == Finding.Grade.FAULT) {
        throw new JobException(FailureCode.BROKER_UNREACHABLE, finding.line());
      }
    }
    try (Admin admin = clients.admin()) {
      List<Finding> warnings = new TopicSetup(admin, clients.settings()).apply();
      if (clients.settings().queue() == QueueMode.SHARE) {
        new ShareGroup(admin, clients.settings()).apply(clients.settings().lock());
      }
      return warnings;
    }
  }
}
