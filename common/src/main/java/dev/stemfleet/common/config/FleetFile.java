package dev.stemfleet.common.config;

import dev.stemfleet.common.domain.QueueMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The settings file (`stemfleet.yaml`) as people write it. Every key may be left out; paths may
/// begin with `~/` and are otherwise relative to the file's folder.
record FleetFile(
    @Nullable String bootstrapServers,
    @Nullable String prefix,
    @Nullable String kafkaConfig,
    @Nullable String out,
    @Nullable Map<String, String> roots,
    @Nullable String assets,
    @Nullable String models,
    @Nullable String model,
    @Nullable Integer lockSeconds,
    @Nullable List<String> privateHosts,
    @Nullable QueueMode queue,
    @Nullable Integer expectedDevices,
    @Nullable S3 s3) {
  /// The object store.
  record S3(
      @Nullable String endpoint,
      @Nullable String region,
      @Nullable Boolean pathStyle,
      @Nullable List<String> sources) {
    S3Settings toSettings() {
      return S3Settings.of(endpoint, region, pathStyle, sources == null ? List.of() : sources);
    }
  }

  /// @throws ConfigException naming the file, and the key where there is one
  static FleetLayer read(Path file) {
    FleetFile written = YamlFile.read(file, FleetFile.class);
    Path folder = file.toAbsolutePath().normalize().getParent();
    try {
      return written.toLayer(folder == null ? file.toAbsolutePath() : folder);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(file, String.valueOf(e.getMessage()));
    }
  }

  private FleetLayer toLayer(Path folder) {
    Map<String, Path> rootFolders = new LinkedHashMap<>();
    if (roots != null) {
      roots.forEach((name, path) -> rootFolders.put(name, UserPath.of(folder, path)));
    }
    return new FleetLayer(
        bootstrapServers,
        prefix,
        path(folder, kafkaConfig),
        out == null ? null : OutPlace.parse(folder, out),
        rootFolders,
        path(folder, assets),
        path(folder, models),
        model,
        lockSeconds == null ? null : Duration.ofSeconds(lockSeconds),
        privateHosts == null ? List.of() : privateHosts,
        queue,
        expectedDevices,
        s3 == null ? S3Settings.NONE : s3.toSettings());
  }

  private static @Nullable Path path(Path folder, @Nullable String text) {
    return text == null ? null : UserPath.of(folder, text);
  }
}
