package dev.stemfleet.common.kafka;

import dev.stemfleet.common.failure.JobException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The settings of the share group that all workers are members of. Stateless; uses the admin
/// client of the caller.
public final class ShareGroup {
  private static final Logger log = LoggerFactory.getLogger(ShareGroup.class);

  private static final int STOCK_DELIVERY_LIMIT = 5;
  private static final int DELIVERY_LIMIT = 10;
  private static final String LOCK_MS = "share.record.lock.duration.ms";
  private static final String DELIVERIES = "share.delivery.count.limit";
  private static final String WINDOW = "share.partition.max.record.locks";

  private final Admin admin;
  private final KafkaSettings settings;

  public ShareGroup(Admin admin, KafkaSettings settings) {
    this.admin = admin;
    this.settings = settings;
  }

  /// Sets what is not as wanted; to be called before the first job is sent and before the first
  /// worker joins. Does nothing when all is well already.
  ///
  /// @param lock how long a job stays with a worker that has fallen silent; kept within what the
  ///   broker allows
  /// @throws JobException if the broker does not answer or refuses
  public void apply(Duration lock) {
    try {
      Map<String, String> wrong = wrong(lock);
      if (wrong.isEmpty()) {
        return;
      }
      Collection<AlterConfigOp> changes =
          wrong.entrySet().stream()
              .map(
                  entry ->
                      new AlterConfigOp(
                          new ConfigEntry(entry.getKey(), entry.getValue()),
                          AlterConfigOp.OpType.SET))
              .toList();
      Await.get(admin.incrementalAlterConfigs(Map.of(resource(), changes)).all());
      Await.visible("the new settings of " + settings.group(), () -> wrong(lock).isEmpty());
      log.info("Share group {} set up: {}", settings.group(), wrong);
    } catch (KafkaException e) {
      throw Await.unreachable("Setting up the share group " + settings.group(), e);
    }
  }

  /// Compares without changing anything.
  ///
  /// @throws KafkaException if the broker does not answer
  List<Finding> check(Duration lock) {
    Map<String, String> wrong = wrong(lock);
    if (wrong.isEmpty()) {
      return List.of(Finding.ok("The share group " + settings.group() + " is set up."));
    }
    String now = wrong.keySet().stream().sorted().collect(Collectors.joining(", "));
    return List.of(
        Finding.fault(
            "The share group " + settings.group() + " has other settings than wanted: " + now + ".",
            Commands.configs(settings, "groups", settings.group(), wrong)));
  }

  /// The delivery count at which the broker drops a job in silence, as now in force.
  ///
  /// @throws JobException if the broker does not answer
  public static int deliveryLimit(KafkaClients clients) {
    try (Admin admin = clients.admin()) {
      ShareGroup group = new ShareGroup(admin, clients.settings());
      String limit = group.current().get(DELIVERIES);
      return limit == null ? STOCK_DELIVERY_LIMIT : Integer.parseInt(limit);
    } catch (KafkaException e) {
      throw Await.unreachable("Reading the settings of " + clients.settings().group(), e);
    }
  }

  private Map<String, String> wrong(Duration lock) {
    Map<String, String> current = current();
    Map<String, String> wrong = new LinkedHashMap<>(wanted(lock));
    wrong.entrySet().removeIf(want -> want.getValue().equals(current.get(want.getKey())));
    return wrong;
  }

  private Map<String, String> wanted(Duration lock) {
    Map<String, String> broker = brokerSettings();
    long lockMs =
        within(
            lock.toMillis(),
            bound(broker, "group.share.min.record.lock.duration.ms", 15_000),
            bound(broker, "group.share.max.record.lock.duration.ms", 60_000));
    long deliveries =
        within(DELIVERY_LIMIT, 2, bound(broker, "group.share.max.delivery.count.limit", 10));
    long window = bound(broker, "group.share.max.partition.max.record.locks", 4000);
    Map<String, String> wanted = new LinkedHashMap<>();
    // Else what was sent before the first worker joined would never be done.
    wanted.put("share.auto.offset.reset", "earliest");
    wanted.put(LOCK_MS, Long.toString(lockMs));
    wanted.put(DELIVERIES, Long.toString(deliveries));
    // A fast worker stalls when this many records are finished behind an unfinished one.
    wanted.put(WINDOW, Long.toString(window));
    wanted.put("share.renew.acknowledge.enable", "true");
    return wanted;
  }

  private Map<String, String> current() {
    Map<ConfigResource, Config> found = Await.get(admin.describeConfigs(List.of(resource())).all());
    return values(found.values());
  }

  private Map<String, String> brokerSettings() {
    Collection<Node> nodes = Await.get(admin.describeCluster().nodes());
    Optional<Node> any = nodes.stream().findFirst();
    if (any.isEmpty()) {
      return Map.of();
    }
    ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, any.get().idString());
    return values(Await.get(admin.describeConfigs(List.of(broker)).all()).values());
  }

  private ConfigResource resource() {
    return new ConfigResource(ConfigResource.Type.GROUP, settings.group());
  }

  private static Map<String, String> values(Collection<Config> configs) {
    List<ConfigEntry> entries = new ArrayList<>();
    configs.forEach(config -> entries.addAll(config.entries()));
    return entries.stream()
        .filter(entry -> entry.value() != null)
        .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value, (a, b) -> b));
  }

  private static long bound(Map<String, String> broker, String name, long stock) {
    String value = broker.get(name);
    return value == null ? stock : Long.parseLong(value);
  }

  private static long within(long wanted, long least, long most) {
    return Math.clamp(wanted, least, Math.max(least, most));
  }
}
