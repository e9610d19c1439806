package dev.stemfleet.dispatcher.bench;

import dev.stemfleet.common.config.FleetLayer;
import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.QueueSetup;
import dev.stemfleet.dispatcher.local.LocalBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A broker in a new folder, with everything that a fleet needs. The caller closes, which removes
/// the folder.
final class BenchFleet implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path folder;
  private final LocalBroker broker;
  private final FleetSettings settings;

  private BenchFleet(Path folder, LocalBroker broker, FleetSettings settings) {
    this.folder = folder;
    this.broker = broker;
    this.settings = settings;
  }

  /// Starts it.
  ///
  /// @param parent where its folder is made; null for the system's temporary folder
  static BenchFleet start(@Nullable Path parent) throws IOException {
    Path folder =
        parent == null
            ? Files.createTempDirectory("stemfleet-bench")
            : Files.createTempDirectory(Files.createDirectories(parent), "stemfleet-bench");
    LocalBroker broker = LocalBroker.start(LocalBroker.Options.in(folder.resolve("broker")));
    FleetSettings settings = settings(folder, broker.bootstrapServers());
    var _ = QueueSetup.apply(new KafkaClients(broker.settings()), PATIENCE);
    return new BenchFleet(folder, broker, settings);
  }

  private static FleetSettings settings(Path folder, String servers) throws IOException {
    Path music = Files.createDirectories(folder.resolve("music"));
    FleetLayer flags =
        new FleetLayer(
            servers,
            null,
            null,
            folder.resolve("out"),
            Map.of("music", music),
            BenchChannels.writeTo(folder.resolve("assets")),
            FleetSettings.home().resolve("assets").resolve("models"),
            null,
            null);
    return FleetSettings.load(flags, null, Map.of(), folder, FleetSettings.home());
  }

  Path folder() {
    return folder;
  }

  FleetSettings settings() {
    return settings;
  }

  KafkaClients clients() {
    return new KafkaClients(broker.settings());
  }

  /// CPU seconds that the broker has used so far.
  double brokerCpu() {
    return ProcessHandle.of(broker.pid()).map(BenchFleet::cpu).orElse(0.0);
  }

  static double cpu(ProcessHandle process) {
    return process.info().totalCpuDuration().map(used -> used.toMillis() / 1000.0).orElse(0.0);
  }

  /// The files of a topic's log, in order.
  List<Path> logOf(String topic) throws IOException {
    Path log = folder.resolve("broker").resolve("data").resolve(topic + "-0");
    try (Stream<Path> files = Files.list(log)) {
      return files.filter(file -> file.toString().endsWith(".log")).sorted().toList();
    }
  }

  @Override
  public void close() throws IOException {
    broker.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
