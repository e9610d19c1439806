package dev.stemfleet.worker;

import dev.stemfleet.common.config.FleetLayer;
import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.common.config.OutPlace;
import dev.stemfleet.common.domain.QueueMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The flags that say which fleet the worker belongs to: the same as the dispatcher's.
final class FleetFlags {
  @Option(names = "--config", paramLabel = "FILE", description = "Settings file.")
  private @Nullable Path config;

  @Option(names = "--bootstrap-servers", paramLabel = "HOST:PORT", description = "Kafka brokers.")
  private @Nullable String bootstrapServers;

  @Option(names = "--prefix", description = "What all topics and groups begin with.")
  private @Nullable String prefix;

  @Option(names = "--queue", paramLabel = "MODE", description = "share or group. Default: share.")
  private @Nullable QueueMode queue;

  @Option(
      names = "--expected-devices",
      paramLabel = "N",
      description = "How many workers a new queue of mode group is laid out for. Default: 8.")
  private @Nullable Integer expectedDevices;

  @Option(names = "--kafka-config", paramLabel = "FILE", description = "Kafka client properties.")
  private @Nullable Path kafkaConfig;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Output root: a folder, or s3://<bucket>/<prefix>.")
  private @Nullable String out;

  @Mixin private S3Flags s3 = new S3Flags();

  @Option(
      names = "--root",
      paramLabel = "NAME=DIR",
      description = "Where a root's tracks lie here.")
  private Map<String, Path> roots = new LinkedHashMap<>();

  @Option(
      names = "--private-host",
      paramLabel = "HOST",
      description = "A web server of one's own network from which tracks may be fetched.")
  private List<String> privateHosts = new ArrayList<>();

  @Option(names = "--assets", paramLabel = "DIR", description = "Folder of pictures.")
  private @Nullable Path assets;

  @Option(names = "--models", paramLabel = "DIR", description = "Folder of models.")
  private @Nullable Path models;

  @Option(names = "--model", description = "The model that separates. Default: builtin.")
  private @Nullable String model;

  @Option(
      names = "--lock",
      paramLabel = "SECONDS",
      description = "How long a job stays with a worker that has fallen silent. Default: 60.")
  private @Nullable Integer lockSeconds;

  FleetSettings settings() {
    Map<String, Path> absolute = new LinkedHashMap<>();
    roots.forEach((name, folder) -> absolute.put(name, folder.toAbsolutePath().normalize()));
    FleetLayer flags =
        new FleetLayer(
            bootstrapServers,
            prefix,
            absolute(kafkaConfig),
            OutPlace.flag(Path.of("").toAbsolutePath(), out),
            absolute,
            absolute(assets),
            absolute(models),
            model,
            lockSeconds == null ? null : Duration.ofSeconds(lockSeconds),
            privateHosts,
            queue,
            expectedDevices,
            s3.settings());
    return FleetSettings.load(flags, config);
  }

  private static @Nullable Path absolute(@Nullable Path path) {
    return path == null ? null : path.toAbsolutePath().normalize();
  }
}
