package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.config.FleetLayer;
import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.common.config.OutPlace;
import dev.stemfleet.common.domain.QueueMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options that say which fleet is meant; a mixin of every command that talks to one.
public final class FleetOptions {
  @Mixin private CatalogOptions catalog = new CatalogOptions();
  @Mixin private S3Options s3 = new S3Options();

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "Kafka brokers, with commas between them.")
  private @Nullable String bootstrapServers;

  @Option(
      names = "--prefix",
      paramLabel = "TEXT",
      description = "What all topics and groups begin with. Default: stemfleet.")
  private @Nullable String prefix;

  @Option(
      names = "--queue",
      paramLabel = "MODE",
      description = "How jobs reach workers: share (default), or group where Kafka is too old.")
  private @Nullable QueueMode queue;

  @Option(
      names = "--expected-devices",
      paramLabel = "N",
      description = "How many workers a new queue of mode group is laid out for. Default: 8")
  private @Nullable Integer expectedDevices;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = "Ordinary Kafka client properties (TLS, SASL).")
  private @Nullable Path kafkaConfig;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Output root that the workers write to: a folder, or s3://<bucket>/<prefix>. Default: ./out")
  private @Nullable String out;

  @Option(
      names = "--root",
      paramLabel = "NAME=DIR",
      description = "A folder below which tracks may lie, by name; may be given several times.")
  private Map<String, Path> roots = new LinkedHashMap<>();

  @Option(
      names = "--private-host",
      paramLabel = "HOST",
      description =
          "A web server of one's own network from which tracks may be fetched; may be given several"
              + " times.")
  private List<String> privateHosts = new ArrayList<>();

  @Option(
      names = "--model",
      paramLabel = "ID",
      description = "The model that separates. Default: builtin")
  private @Nullable String model;

  /// The settings that result from these flags, the environment and the settings file.
  ///
  /// @throws dev.stemfleet.common.config.ConfigException naming the file, flag or variable
  public FleetSettings settings(Surroundings here) {
    Map<String, Path> rootFolders = new LinkedHashMap<>();
    roots.forEach((name, folder) -> rootFolders.put(name, here.absolute(folder)));
    FleetLayer flags =
        new FleetLayer(
            bootstrapServers,
            prefix,
            kafkaConfig == null ? null : here.absolute(kafkaConfig),
            OutPlace.flag(here.absolute(Path.of("")), out),
            rootFolders,
            catalog.assets(here),
            catalog.models(here),
            model,
            null,
            privateHosts,
            queue,
            expectedDevices,
            s3.settings());
    return catalog.settings(here, flags);
  }
}
