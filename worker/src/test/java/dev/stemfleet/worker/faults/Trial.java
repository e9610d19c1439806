package dev.stemfleet.worker.faults;

import dev.stemfleet.common.domain.QueueMode;
import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.dispatcher.local.LocalBroker;
import dev.stemfleet.worker.fleet.FleetExtension;
import dev.stemfleet.worker.fleet.TestFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/// One fleet that is broken on purpose, with a broker of its own, and what was done to it. Prints
/// its seed when it begins and its audit when it has passed. Not thread-safe; the caller closes.
final class Trial implements AutoCloseable {
  /// Long enough for a renewal on a machine that starts workers meanwhile.
  static final Duration LOCK = Duration.ofSeconds(4);

  private final String name;
  private final long seed;
  private final Random random;
  private final AutoCloseable kafka;
  private final TestFleet fleet;
  private final long startNanos = System.nanoTime();
  private final Map<String, Integer> faults = new LinkedHashMap<>();

  private Trial(String name, AutoCloseable kafka, TestFleet fleet) {
    this.name = name;
    this.kafka = kafka;
    this.fleet = fleet;
    this.seed = Long.getLong("stemfleet.seed", System.nanoTime() & 0xffff_ffffL);
    this.random = new Random(seed);
    System.out.printf("faults | %s | begins, -Dstemfleet.seed=%d%n", name, seed);
  }

  /// A trial with one broker and a short lock.
  ///
  /// @param folder for everything
  static Trial open(String name, Path folder) throws IOException {
    LocalBroker broker = broker(folder);
    return over(name, broker, broker.settings().withLock(LOCK), folder);
  }

  /// The same on one of the queues.
  static Trial open(String name, Path folder, QueueMode queue) throws IOException {
    LocalBroker broker = broker(folder);
    return over(
        name, broker, broker.settings().withLock(LOCK).withQueue(queue).withDevices(2), folder);
  }

  private static LocalBroker broker(Path folder) throws IOException {
    return LocalBroker.start(
        LocalBroker.Options.in(folder.resolve("broker")).with(FleetExtension.SHORT_LOCKS));
  }

  /// A trial with brokers of the test's choice.
  ///
  /// @param kafka is closed with the trial
  static Trial over(String name, AutoCloseable kafka, KafkaSettings settings, Path folder)
      throws IOException {
    Path home = Files.createDirectories(folder.resolve("fleet"));
    return new Trial(name, kafka, new TestFleet(settings, home));
  }

  /// The same fleet with settings of the other kind of queue. The caller closes.
  TestFleet as(QueueMode queue) throws IOException {
    KafkaSettings settings = fleet.clients().settings().withQueue(queue).withDevices(2);
    return new TestFleet(settings, fleet.folder());
  }

  String name() {
    return name;
  }

  TestFleet fleet() {
    return fleet;
  }

  Random random() {
    return random;
  }

  long seed() {
    return seed;
  }

  /// Notes a fault that was just done.
  ///
  /// @param fault in words, as `workers killed`
  void did(String fault) {
    did(fault, 1);
  }

  void did(String fault, int times) {
    faults.merge(fault, times, Integer::sum);
  }

  int times(String fault) {
    return faults.getOrDefault(fault, 0);
  }

  Map<String, Integer> faults() {
    return faults;
  }

  double seconds() {
    return Math.round((System.nanoTime() - startNanos) / 1e8) / 10.0;
  }

  /// Looks whether every promise was kept, prints the figures and writes them down.
  ///
  /// @throws AssertionError if one was not
  Audit audit() {
    Audit audit = Audit.of(this);
    System.out.println(audit.line());
    audit.write();
    return audit;
  }

  @Override
  public void close() throws Exception {
    fleet.close();
    kafka.close();
  }
}
