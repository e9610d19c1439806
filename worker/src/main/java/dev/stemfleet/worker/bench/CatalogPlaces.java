package dev.stemfleet.worker.bench;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/// Where pictures, channels and models lie; a mixin.
final class CatalogPlaces {
  @Option(names = "--assets", required = true, paramLabel = "DIR")
  private Path assets = Path.of("");

  @Option(names = "--models", required = true, paramLabel = "DIR")
  private Path models = Path.of("");

  Path assets() {
    return assets;
  }

  Path models() {
    return models;
  }
}
