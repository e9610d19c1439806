package dev.stemfleet.common.kafka;

import dev.stemfleet.common.domain.QueueMode;
import dev.stemfleet.common.failure.JobException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;

/// How full the queue is, as its group counts it. Immutable.
///
/// @param mode of the queue
/// @param waiting jobs that are not finished
/// @param span records from the first unfinished job to the newest: in a share group, finished ones
///   behind an unfinished one count, too
/// @param window how many records of the span can be handed out: when the first job hangs, workers
///   stall once that many are finished behind it. 0 in a queue of mode `group`, which has none
public record QueueUse(QueueMode mode, long waiting, long span, long window) {
  private static final String WINDOW = "share.partition.max.record.locks";
  private static final double NEARLY = 0.8;

  /// Share of the window that is taken, 0…1; the span may be longer than the window.
  public double windowUse() {
    return window <= 0 ? 0 : Math.min(1, (double) Math.min(span, window) / window);
  }

  /// Whether workers may soon stall behind one job.
  public boolean nearlyFull() {
    return windowUse() >= NEARLY;
  }

  /// What an operator should know of it.
  public Finding finding() {
    return nearlyFull()
        ? Finding.warning(
            "The queue's lock window is nearly full, %d of %d: one job holds the others up."
                .formatted(Math.min(span, window), window),
            "stemfleet status names the job; stemfleet cancel ends it")
        : Finding.ok("The queue has %d unfinished jobs, and none holds it up.".formatted(waiting));
  }

  /// Asks the broker.
  ///
  /// @return empty if nobody has taken any job yet
  /// @throws JobException `BROKER_UNREACHABLE` if the broker does not answer or refuses
  public static Optional<QueueUse> ask(KafkaClients clients) {
    KafkaSettings settings = clients.settings();
    try (Admin admin = clients.admin()) {
      QueueOffsets offsets = QueueOffsets.ask(admin, settings);
      if (!offsets.taken()) {
        return Optional.empty();
      }
      return Optional.of(of(admin, settings, offsets));
    } catch (KafkaException e) {
      throw Await.unreachable("Asking for the offsets of " + settings.group(), e);
    }
  }

  /// @throws KafkaException if the broker does not answer or refuses
  static QueueUse of(Admin admin, KafkaSettings settings, QueueOffsets offsets) {
    long span = offsets.partitions().values().stream().mapToLong(o -> o.end() - o.first()).sum();
    long window = settings.queue() == QueueMode.SHARE ? window(admin, settings) : 0;
    return new QueueUse(settings.queue(), offsets.waiting(), span, window);
  }

  private static long window(Admin admin, KafkaSettings settings) {
    ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, settings.group());
    Config config = Await.get(admin.describeConfigs(List.of(group)).all()).get(group);
    ConfigEntry entry = config == null ? null : config.get(WINDOW);
    return entry == null || entry.value() == null ? 0 : Long.parseLong(entry.value());
  }
}
