package dev.stemfleet.dispatcher.bench;

import com.fasterxml.uuid.Generators;
import dev.stemfleet.common.bench.BenchFailure;
import dev.stemfleet.common.config.FleetLayer;
import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.QueueSetup;
import dev.stemfleet.dispatcher.local.LocalBroker;
import dev.stemfleet.dispatcher.submit.FleetSink;
import dev.stemfleet.dispatcher.submit.InputReader;
import dev.stemfleet.dispatcher.submit.Inputs;
import dev.stemfleet.dispatcher.submit.JobFields;
import dev.stemfleet.dispatcher.submit.JobSink;
import dev.stemfleet.dispatcher.submit.Submission;
import dev.stemfleet.dispatcher.submit.SubmitProgress;
import dev.stemfleet.dispatcher.submit.SubmitReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
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
    Path assets = BenchChannels.writeTo(folder.resolve("assets"));
    FleetSettings settings = settings(folder, assets, broker.bootstrapServers());
    var _ = QueueSetup.apply(new KafkaClients(broker.settings()), PATIENCE);
    return new BenchFleet(folder, broker, settings);
  }

  private static FleetSettings settings(Path folder, Path assets, String servers)
      throws IOException {
    Path music = Files.createDirectories(folder.resolve("music"));
    FleetLayer flags =
        new FleetLayer(
            servers,
            null,
            null,
            folder.resolve("out"),
            Map.of("music", music),
            assets,
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
    return clients(settings.prefix());
  }

  /// Clients for topics of another prefix: a fleet of its own on the same broker.
  KafkaClients clients(String prefix) {
    return new KafkaClients(broker.settings().withPrefix(prefix));
  }

  /// What the command `submit` does, in this process.
  ///
  /// @param channels keys of channels
  /// @throws BenchFailure if a track was refused
  SubmitReport submit(KafkaClients clients, Path manifest, String batch, List<String> channels) {
    return submit(
        () -> FleetSink.open(clients, settings.out(), warning -> {}), manifest, batch, channels);
  }

  /// The same, to somewhere else.
  SubmitReport submit(JobSink.Opener sinks, Path manifest, String batch, List<String> channels) {
    Inputs inputs =
        new InputReader(folder, settings.roots(), InputStream.nullInputStream())
            .read(List.of(manifest.toString()))
            .getFirst();
    JobFields fields = new JobFields(batch, channels, List.of(), List.of(), null, null, null, null);
    SubmitReport report =
        new Submission(
                settings,
                Clock.systemUTC(),
                () -> Generators.timeBasedEpochGenerator().generate().toString(),
                sinks)
            .submit(inputs, fields, SubmitProgress.NONE);
    if (!report.refusals().isEmpty()) {
      throw new BenchFailure("a track was refused: " + report.refusals().getFirst());
    }
    return report;
  }

  /// CPU seconds that the broker has used so far.
  double brokerCpu() {
    return ProcessHandle.of(broker.pid()).map(BenchFleet::cpu).orElse(0.0);
  }

  static double cpu(ProcessHandle process) {
    return process.info().totalCpuDuration().map(used -> used.toMillis() / 1000.0).orElse(0.0);
  }

  /// The files of the log of a topic with one partition, in order.
  List<Path> logOf(String topic) throws IOException {
    return logs(data().resolve(topic + "-0"));
  }

  /// What a topic takes, all partitions together.
  long bytesOf(String topic) throws IOException {
    long sum = 0;
    try (DirectoryStream<Path> partitions = Files.newDirectoryStream(data(), topic + "-*")) {
      for (Path partition : partitions) {
        for (Path file : logs(partition)) {
          sum += Files.size(file);
        }
      }
    }
    return sum;
  }

  private Path data() {
    return folder.resolve("broker").resolve("data");
  }

  private static List<Path> logs(Path partition) throws IOException {
    try (Stream<Path> files = Files.list(partition)) {
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
