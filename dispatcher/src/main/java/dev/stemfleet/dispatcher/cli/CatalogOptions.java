package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.config.FleetLayer;
import dev.stemfleet.common.config.FleetSettings;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say where channels and models are read from; a mixin of commands that need no
/// fleet.
public final class CatalogOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Settings file. Default: ./stemfleet.yaml, else ~/.config/stemfleet/config.yaml.")
  private @Nullable Path config;

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

  /// The settings that result from these flags, the environment and the settings file.
  ///
  /// @throws dev.stemfleet.common.config.ConfigException naming the file, flag or variable
  public FleetSettings settings(Surroundings here) {
    FleetLayer flags =
        new FleetLayer(null, null, null, null, Map.of(), assets(here), models(here), null, null);
    return settings(here, flags);
  }

  /// The same with more flags.
  FleetSettings settings(Surroundings here, FleetLayer flags) {
    return FleetSettings.load(flags, config, here.environment(), here.folder(), here.home());
  }

  @Nullable Path assets(Surroundings here) {
    return assets == null ? null : here.absolute(assets);
  }

  @Nullable Path models(Surroundings here) {
    return models == null ? null : here.absolute(models);
  }
}
