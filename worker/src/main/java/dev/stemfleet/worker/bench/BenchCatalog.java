package dev.stemfleet.worker.bench;

import dev.stemfleet.common.catalog.ModelCatalog;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where models and pictures lie; a mixin.
final class BenchCatalog {
  @Option(names = "--assets", paramLabel = "DIR")
  private @Nullable Path assets;

  @Option(names = "--models", paramLabel = "DIR")
  private @Nullable Path models;

  /// The folder's models and those that come along.
  ModelCatalog models() {
    return ModelCatalog.load(models == null ? List.of() : List.of(models));
  }

  /// Folders of pictures.
  List<Path> assets() {
    return assets == null ? List.of() : List.of(assets);
  }
}
