package dev.stemfleet.common.config;

import dev.stemfleet.common.domain.QueueMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What one place (flags, environment, file) says about the settings; null where it says nothing.
/// Paths are absolute.
///
/// @param roots by name; they are joined with the roots of weaker layers
/// @param privateHosts empty where it says nothing
/// @param queue how jobs are handed out
/// @param expectedDevices how many workers the consumer group is laid out for
/// @param s3 the object store
public record FleetLayer(
    @Nullable String bootstrapServers,
    @Nullable String prefix,
    @Nullable Path kafkaConfig,
    @Nullable OutPlace out,
    Map<String, Path> roots,
    @Nullable Path assets,
    @Nullable Path models,
    @Nullable String model,
    @Nullable Duration lock,
    List<String> privateHosts,
    @Nullable QueueMode queue,
    @Nullable Integer expectedDevices,
    S3Settings s3) {
  public static final FleetLayer EMPTY =
      new FleetLayer(null, null, null, null, Map.of(), null, null, null, null);

  /// Environment variables are this and the key in capitals: `STEMFLEET_BOOTSTRAP_SERVERS`.
  static final String ENVIRONMENT = "STEMFLEET_";

  public FleetLayer {
    roots = Map.copyOf(roots);
    privateHosts = List.copyOf(privateHosts);
  }

  /// With an output folder; without private hosts, an object store and a word on the queue.
  public FleetLayer(
      @Nullable String bootstrapServers,
      @Nullable String prefix,
      @Nullable Path kafkaConfig,
      @Nullable Path out,
      Map<String, Path> roots,
      @Nullable Path assets,
      @Nullable Path models,
      @Nullable String model,
      @Nullable Duration lock) {
    this(
        bootstrapServers,
        prefix,
        kafkaConfig,
        out == null ? null : new OutPlace.Folder(out),
        roots,
        assets,
        models,
        model,
        lock,
        List.of(),
        null,
        null,
        S3Settings.NONE);
  }

  /// What the environment says. Roots are written `music=/mnt/nas/music,scripts=/mnt/scripts`.
  ///
  /// @param folder that relative paths are relative to
  /// @throws ConfigException naming the variable
  static FleetLayer of(Map<String, String> environment, Path folder) {
    return new FleetLayer(
        text(environment, "BOOTSTRAP_SERVERS"),
        text(environment, "PREFIX"),
        path(environment, "KAFKA_CONFIG", folder),
        FleetVariables.out(environment, folder),
        roots(environment.getOrDefault(ENVIRONMENT + "ROOTS", ""), folder),
        path(environment, "ASSETS", folder),
        path(environment, "MODELS", folder),
        text(environment, "MODEL"),
        number(environment, "LOCK_SECONDS", text -> Duration.ofSeconds(Long.parseLong(text))),
        listed(environment.getOrDefault(ENVIRONMENT + "PRIVATE_HOSTS", "")),
        queue(environment),
        number(environment, "EXPECTED_DEVICES", Integer::valueOf),
        FleetVariables.s3(environment));
  }

  /// This layer, and `weaker` where this one says nothing.
  FleetLayer over(FleetLayer weaker) {
    Map<String, Path> joined = new LinkedHashMap<>(weaker.roots);
    joined.putAll(roots);
    return new FleetLayer(
        first(bootstrapServers, weaker.bootstrapServers),
        first(prefix, weaker.prefix),
        first(kafkaConfig, weaker.kafkaConfig),
        first(out, weaker.out),
        joined,
        first(assets, weaker.assets),
        first(models, weaker.models),
        first(model, weaker.model),
        first(lock, weaker.lock),
        privateHosts.isEmpty() ? weaker.privateHosts : privateHosts,
        first(queue, weaker.queue),
        first(expectedDevices, weaker.expectedDevices),
        s3.over(weaker.s3));
  }

  private static <T> @Nullable T first(@Nullable T one, @Nullable T other) {
    return one == null ? other : one;
  }

  static @Nullable String text(Map<String, String> environment, String name) {
    String text = environment.get(ENVIRONMENT + name);
    return text == null || text.isEmpty() ? null : text;
  }

  private static @Nullable Path path(Map<String, String> environment, String name, Path folder) {
    String text = text(environment, name);
    if (text == null) {
      return null;
    }
    try {
      return UserPath.of(folder, text);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(ENVIRONMENT + name, String.valueOf(e.getMessage()));
    }
  }

  private static <T> @Nullable T number(
      Map<String, String> environment, String name, Function<String, T> parse) {
    String text = text(environment, name);
    try {
      return text == null ? null : parse.apply(text);
    } catch (NumberFormatException e) {
      throw new ConfigException(ENVIRONMENT + name, "'" + text + "' is no whole number");
    }
  }

  private static @Nullable QueueMode queue(Map<String, String> environment) {
    String text = text(environment, "QUEUE");
    try {
      return text == null ? null : QueueMode.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(ENVIRONMENT + "QUEUE", String.valueOf(e.getMessage()));
    }
  }

  static List<String> listed(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .filter(host -> !host.isEmpty())
        .toList();
  }

  private static Map<String, Path> roots(String text, Path folder) {
    Map<String, Path> roots = new LinkedHashMap<>();
    for (String root : Arrays.asList(text.split(",", -1))) {
      int equals = root.indexOf('=');
      if (root.isBlank()) {
        continue;
      }
      if (equals < 1) {
        throw new ConfigException(ENVIRONMENT + "ROOTS", "'" + root + "' is not NAME=FOLDER");
      }
      roots.put(root.substring(0, equals).strip(), UserPath.of(folder, root.substring(equals + 1)));
    }
    return roots;
  }
}
