package dev.stemfleet.worker.faults;

import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.dispatcher.local.LocalBroker;
import dev.stemfleet.worker.fleet.FleetExtension;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/// Three brokers that keep three replicas of everything and carry on with two. The caller closes.
final class Cluster implements AutoCloseable {
  private static final int SIZE = 3;

  private final List<LocalBroker> brokers;

  private Cluster(List<LocalBroker> brokers) {
    this.brokers = brokers;
  }

  /// Starts all of them; none answers before there are two.
  static Cluster start(Path folder) throws Exception {
    List<Integer> ports = IntStream.range(0, SIZE).mapToObj(i -> Ports.free()).toList();
    List<Integer> controllers = IntStream.range(0, SIZE).mapToObj(i -> Ports.free()).toList();
    String id = Uuid.randomUuid().toString();
    List<Future<LocalBroker>> starting = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(SIZE)) {
      for (int i = 0; i < SIZE; i++) {
        Map<String, String> node = node(i + 1, ports.get(i), controllers);
        Path home = Files.createDirectories(folder.resolve("broker" + (i + 1)));
        LocalBroker.Options options = LocalBroker.Options.in(home).onPort(ports.get(i)).with(node);
        starting.add(
            threads.submit(
                () -> {
                  format(home, node, id);
                  return LocalBroker.start(options);
                }));
      }
      List<LocalBroker> brokers = new ArrayList<>();
      for (Future<LocalBroker> one : starting) {
        brokers.add(one.get());
      }
      return new Cluster(brokers);
    }
  }

  KafkaSettings settings() {
    return KafkaSettings.of(
        brokers.stream().map(LocalBroker::bootstrapServers).collect(Collectors.joining(",")));
  }

  /// SIGKILL.
  ///
  /// @param node 1 to 3
  void kill(int node) {
    brokers.get(node - 1).kill();
  }

  @Override
  public void close() {
    brokers.parallelStream().forEach(LocalBroker::kill);
  }

  private static Map<String, String> node(int id, int port, List<Integer> controllers) {
    Map<String, String> node = new HashMap<>(FleetExtension.SHORT_LOCKS);
    node.put("node.id", Integer.toString(id));
    node.put(
        "controller.quorum.voters",
        IntStream.range(0, SIZE)
            .mapToObj(i -> (i + 1) + "@localhost:" + controllers.get(i))
            .collect(Collectors.joining(",")));
    node.put(
        "listeners",
        "CLIENTS://localhost:%d,CONTROLLER://localhost:%d"
            .formatted(port, controllers.get(id - 1)));
    node.put("advertised.listeners", "CLIENTS://localhost:" + port);
    for (String topic : List.of("offsets.topic", "transaction.state.log")) {
      node.put(topic + ".replication.factor", "3");
    }
    node.put("transaction.state.log.min.isr", "2");
    node.put("share.coordinator.state.topic.replication.factor", "3");
    node.put("share.coordinator.state.topic.min.isr", "2");
    return node;
  }

  /// All of them under one cluster id.
  private static void format(Path home, Map<String, String> node, String id)
      throws IOException, InterruptedException {
    Properties all = new Properties();
    all.putAll(node);
    all.put("process.roles", "broker,controller");
    all.put("controller.listener.names", "CONTROLLER");
    all.put("inter.broker.listener.name", "CLIENTS");
    all.put("listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT");
    all.put("log.dirs", Files.createDirectories(home.resolve("data")).toString());
    Path file = home.resolve("format.properties");
    try (Writer writer = Files.newBufferedWriter(file)) {
      all.store(writer, "To format the folder.");
    }
    Process format =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "kafka.tools.StorageTool",
                "format",
                "--cluster-id",
                id,
                "--config",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(format.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (format.waitFor() != 0) {
      throw new IOException(said);
    }
  }
}
