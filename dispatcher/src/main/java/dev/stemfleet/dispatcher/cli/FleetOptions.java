package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.config.FleetLayer;
import dev.stemfleet.common.config.FleetSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say which fleet is meant; a mixin of every command that talks to one.
public final class FleetOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Settings file. Default: ./stemfleet.yaml, else ~/.config/stemfleet/config.yaml.")
  private @Nullable Path config;

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
      names = "--kafka-config",
      paramLabel = "FILE",
      description = "Ordinary Kafka client properties (TLS, SASL).")
  private @Nullable Path kafkaConfig;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Output root that the workers write to. Default: ./out")
  private @Nullable Path out;

  @Option(
      names = "--root",
      paramLabel = "NAME=DIR",
      description = "A folder below which tracks may lie, by name; may be given several times.")
  private Map<String, Path> roots = new LinkedHashMap<>();

  @Option(
      names = "--assets",
      paramLabel = "DIR",
      description = "Pictures and channels. Default: those that come along.")
  private @Nullable Path assets;

  @Option(
      names = "--models",
      paramLabel = "DIR",
      description = "Model files and their definitions. Default: models/ in the assets.")
  private @Nullable Path models;

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
    roots.forEach((name, folder) -> rootFolders.put(name, resolve(here, folder)));
    FleetLayer flags =
        new FleetLayer(
            bootstrapServers,
            prefix,
            kafkaConfig == null ? null : resolve(here, kafkaConfig),
            out == null ? null : resolve(here, out),
            rootFolders,
            assets == null ? null : resolve(here, assets),
            models == null ? null : resolve(here, models),
            model,
            null);
    return FleetSettings.load(flags, config, here.environment(), here.folder(), here.home());
  }

  private static Path resolve(Surroundings here, Path path) {
    return here.folder().resolve(path).normalize();
  }
}
