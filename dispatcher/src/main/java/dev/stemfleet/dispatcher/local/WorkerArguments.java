package dev.stemfleet.dispatcher.local;

import dev.stemfleet.common.config.FleetSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a worker process is told on its command line. Immutable.
///
/// @param fleet with the Kafka that it is to use
/// @param device `cpu`, `cuda:0`, …
/// @param workerId null to let the worker choose
/// @param cacheFolder for encoded stems; null to let the worker choose
/// @param more arguments as they are
public record WorkerArguments(
    FleetSettings fleet,
    String device,
    @Nullable String workerId,
    @Nullable Path cacheFolder,
    List<String> more) {
  public WorkerArguments {
    more = List.copyOf(more);
  }

  /// The arguments in a stable order.
  ///
  /// @throws IllegalArgumentException if the settings name no Kafka and no file that does
  public List<String> list() {
    List<String> list = new ArrayList<>(List.of("run"));
    String servers = fleet.bootstrapServers();
    if (servers == null && fleet.kafkaConfig() == null) {
      throw new IllegalArgumentException("bootstrapServers: must be known");
    }
    add(list, "--bootstrap-servers", servers);
    add(list, "--prefix", fleet.prefix());
    add(list, "--queue", fleet.queue());
    add(list, "--expected-devices", fleet.expectedDevices());
    add(list, "--kafka-config", fleet.kafkaConfig());
    add(list, "--out", fleet.outPlace());
    add(list, "--s3-endpoint", fleet.s3().endpoint());
    add(list, "--s3-region", fleet.s3().region());
    add(list, "--s3-path-style", fleet.s3().pathStyle());
    fleet.s3().sources().forEach(place -> add(list, "--s3-source", place));
    fleet.roots().entrySet().stream()
        .map(root -> root.getKey() + "=" + root.getValue())
        .sorted()
        .forEach(root -> add(list, "--root", root));
    fleet.privateHosts().forEach(host -> add(list, "--private-host", host));
    add(list, "--assets", fleet.assets());
    add(list, "--models", fleet.models());
    add(list, "--model", fleet.model());
    add(list, "--lock", fleet.lock().toSeconds());
    add(list, "--device", device);
    add(list, "--worker-id", workerId);
    add(list, "--cache-dir", cacheFolder);
    list.addAll(more);
    return List.copyOf(list);
  }

  private static void add(List<String> list, String name, @Nullable Object value) {
    if (value != null) {
      list.add(name);
      list.add(value.toString());
    }
  }
}
