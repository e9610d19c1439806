package dev.stemfleet.common.kafka;

import dev.stemfleet.common.failure.JobException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/// What the brokers say of the queue at one moment, whether anybody has ever taken a job or not.
/// Immutable.
///
/// @param dead how many jobs were ever written to the dead topic
public record QueueLook(QueueUse use, long dead) {
  /// Asks the brokers.
  ///
  /// @throws JobException `BROKER_UNREACHABLE` if they do not answer or refuse
  public static QueueLook ask(KafkaClients clients) {
    KafkaSettings settings = clients.settings();
    try (Admin admin = clients.admin()) {
      QueueUse use = QueueUse.of(admin, settings, QueueOffsets.ask(admin, settings));
      return new QueueLook(use, QueueOffsets.written(admin, settings.topics().dead()));
    } catch (KafkaException e) {
      throw Await.unreachable("Asking for the queue " + settings.group(), e);
    }
  }
}
