package dev.stemfleet.common.config;

import dev.stemfleet.common.domain.QueueMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What dispatcher and workers of one fleet must be told: where Kafka is, where files lie.
///
/// Flags override the environment (`STEMFLEET_OUT`, …), which overrides the settings file:
/// `--config FILE`, else `STEMFLEET_CONFIG`, else `./stemfleet.yaml`, else
/// `$XDG_CONFIG_HOME/stemfleet/config.yaml`.
///
/// @param bootstrapServers of Kafka, null when nothing names one
/// @param prefix that all topics and groups begin with
/// @param kafkaConfig file of ordinary Kafka client properties, or null
/// @param outPlace the output root
/// @param roots folders below which sources may lie, by name
/// @param assets folder of pictures, with `channels/*.yaml`
/// @param models folder of model files and the YAML files that define them
/// @param model id of the model that separates where nobody names another
/// @param lock how long a job stays with a worker that has fallen silent: 1 s to 1 h, in whole
///   seconds, as far as the broker allows (`lockSeconds`)
/// @param privateHosts web servers of one's own network from which tracks may be fetched
/// @param queue how jobs are handed to workers; the whole fleet has one way
/// @param expectedDevices how many workers the consumer group's topic is laid out for, 1 to 250
/// @param s3 the object store, if any
/// @param file that was read, null when there was none
public record FleetSettings(
    @Nullable String bootstrapServers,
    String prefix,
    @Nullable Path kafkaConfig,
    OutPlace outPlace,
    Map<String, Path> roots,
    Path assets,
    Path models,
    String model,
    Duration lock,
    List<String> privateHosts,
    QueueMode queue,
    int expectedDevices,
    S3Settings s3,
    @Nullable Path file) {
  public static final String USUAL_PREFIX = "stemfleet.";
  public static final String USUAL_MODEL = "builtin";

  /// The longest that a stock broker allows.
  public static final Duration USUAL_LOCK = Duration.ofSeconds(60);

  public static final int USUAL_DEVICES = 8;
  private static final int MOST_DEVICES = 250;
  private static final Duration LONGEST_LOCK = Duration.ofHours(1);

  private static final String HOME = "stemfleet.home";

  /// @throws IllegalArgumentException naming the key that is wrong
  public FleetSettings {
    if (bootstrapServers != null && bootstrapServers.isBlank()) {
      throw new IllegalArgumentException("bootstrapServers: must not be empty");
    }
    if (!prefix.matches("[A-Za-z0-9._-]{1,60}")) {
      throw new IllegalArgumentException(
          "prefix: '" + prefix + "' must be 1 to 60 letters, digits, '.', '_' or '-'");
    }
    if (lock.toSeconds() < 1 || lock.compareTo(LONGEST_LOCK) > 0) {
      throw new IllegalArgumentException(
          "lockSeconds: %d is not between 1 and %d"
              .formatted(lock.toSeconds(), LONGEST_LOCK.toSeconds()));
    }
    if (expectedDevices < 1 || expectedDevices > MOST_DEVICES) {
      throw new IllegalArgumentException(
          "expectedDevices: %d is not between 1 and %d".formatted(expectedDevices, MOST_DEVICES));
    }
    for (String name : roots.keySet()) {
      if (!name.matches("[a-z0-9][a-z0-9-]{0,62}")) {
        throw new IllegalArgumentException(
            "roots: the name '" + name + "' must be lower-case letters, digits and '-'");
      }
    }
    for (String host : privateHosts) {
      if (!host.matches("[A-Za-z0-9._:-]+|\\[[0-9a-fA-F:.]+\\]")) {
        throw new IllegalArgumentException(
            "privateHosts: '" + host + "' is no name or address of a host");
      }
    }
    roots = Map.copyOf(roots);
    privateHosts = List.copyOf(privateHosts);
  }

  /// The output root, for what needs a folder.
  ///
  /// @throws ConfigException if the outputs go to an object store
  public Path out() {
    return switch (outPlace) {
      case OutPlace.Folder(Path path) -> path;
      case OutPlace.Bucket bucket ->
          throw new ConfigException("out", bucket + " is no folder, and one is needed here");
    };
  }

  /// The installation: the folder that has `assets/`. The launcher says where it is.
  public static Path home() {
    return Path.of(System.getProperty(HOME, "")).toAbsolutePath().normalize();
  }

  /// Puts the settings together, for a process as it was started.
  ///
  /// @param flags what the command line says
  /// @param config the settings file that the command line names, or null
  /// @throws ConfigException naming the file, flag or variable and the key
  public static FleetSettings load(FleetLayer flags, @Nullable Path config) {
    return load(flags, config, System.getenv(), Path.of("").toAbsolutePath(), home());
  }

  /// Puts the settings together.
  ///
  /// @param folder that the process works in
  /// @param home see [#home()]
  /// @throws ConfigException naming the file, flag or variable and the key
  public static FleetSettings load(
      FleetLayer flags,
      @Nullable Path config,
      Map<String, String> environment,
      Path folder,
      Path home) {
    Path file = config == null ? usualFile(environment, folder) : folder.resolve(config);
    FleetLayer written = file == null ? FleetLayer.EMPTY : FleetFile.read(file);
    FleetLayer all = flags.over(FleetLayer.of(environment, folder)).over(written);
    Path assets = all.assets() == null ? home.resolve("assets") : all.assets();
    try {
      return new FleetSettings(
          all.bootstrapServers(),
          all.prefix() == null ? USUAL_PREFIX : all.prefix(),
          all.kafkaConfig(),
          all.out() == null ? new OutPlace.Folder(folder.resolve("out")) : all.out(),
          all.roots(),
          assets,
          all.models() == null ? assets.resolve("models") : all.models(),
          all.model() == null ? USUAL_MODEL : all.model(),
          all.lock() == null ? USUAL_LOCK : all.lock(),
          all.privateHosts(),
          all.queue() == null ? QueueMode.SHARE : all.queue(),
          all.expectedDevices() == null ? USUAL_DEVICES : all.expectedDevices(),
          all.s3(),
          file);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(
          file == null ? "settings" : file.toString(), String.valueOf(e.getMessage()));
    }
  }

  /// These settings with another broker: what a program that starts its own broker needs.
  public FleetSettings withBootstrapServers(String servers) {
    return with(servers, kafkaConfig, roots, queue);
  }

  /// These settings with a broker of our own: it needs no file of client properties and has share
  /// groups.
  public FleetSettings onlyBootstrapServers(String servers) {
    return with(servers, null, roots, QueueMode.SHARE);
  }

  /// These settings with other roots.
  public FleetSettings withRoots(Map<String, Path> others) {
    return with(bootstrapServers, kafkaConfig, others, queue);
  }

  private FleetSettings with(
      @Nullable String servers,
      @Nullable Path clientProperties,
      Map<String, Path> folders,
      QueueMode mode) {
    return new FleetSettings(
        servers,
        prefix,
        clientProperties,
        outPlace,
        folders,
        assets,
        models,
        model,
        lock,
        privateHosts,
        mode,
        expectedDevices,
        s3,
        file);
  }

  private static @Nullable Path usualFile(Map<String, String> environment, Path folder) {
    String named = environment.get(FleetLayer.ENVIRONMENT + "CONFIG");
    if (named != null && !named.isEmpty()) {
      return UserPath.of(folder, named);
    }
    String xdg = environment.getOrDefault("XDG_CONFIG_HOME", "");
    Path userConfig =
        xdg.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".config")
            : UserPath.of(folder, xdg);
    return Stream.of(
            folder.resolve("stemfleet.yaml"),
            userConfig.resolve("stemfleet").resolve("config.yaml"))
        .filter(Files::isRegularFile)
        .findFirst()
        .orElse(null);
  }
}
