package dev.stemfleet.dispatcher.local;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// The server properties of an embedded broker: one node that is broker and controller.
final class BrokerProperties {
  private BrokerProperties() {}

  /// @param extra win over ours
  static Map<String, String> of(
      Path data, int port, int controllerPort, Map<String, String> extra) {
    Map<String, String> all = new TreeMap<>();
    all.putAll(node(data, port, controllerPort));
    all.putAll(small());
    all.putAll(quick());
    all.putAll(extra);
    return all;
  }

  private static Map<String, String> node(Path data, int port, int controllerPort) {
    Map<String, String> node = new TreeMap<>();
    node.put("process.roles", "broker,controller");
    node.put("node.id", "1");
    node.put("controller.quorum.voters", "1@localhost:" + controllerPort);
    node.put(
        "listeners",
        "CLIENTS://localhost:%d,CONTROLLER://localhost:%d".formatted(port, controllerPort));
    node.put("advertised.listeners", "CLIENTS://localhost:" + port);
    node.put("controller.listener.names", "CONTROLLER");
    node.put("inter.broker.listener.name", "CLIENTS");
    node.put("listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT");
    node.put("log.dirs", data.toString());
    node.put("auto.create.topics.enable", "false");
    return node;
  }

  /// One node, little memory, few files.
  private static Map<String, String> small() {
    Map<String, String> small = new TreeMap<>();
    small.put("offsets.topic.replication.factor", "1");
    small.put("offsets.topic.num.partitions", "1");
    small.put("transaction.state.log.replication.factor", "1");
    small.put("transaction.state.log.min.isr", "1");
    small.put("transaction.state.log.num.partitions", "1");
    small.put("share.coordinator.state.topic.replication.factor", "1");
    small.put("share.coordinator.state.topic.min.isr", "1");
    small.put("share.coordinator.state.topic.num.partitions", "1");
    small.put("log.cleaner.dedupe.buffer.size", "4194304");
    small.put("log.index.size.max.bytes", "1048576");
    small.put("num.network.threads", "2");
    small.put("num.io.threads", "4");
    // A request that announces jobs is some hundred kB: with the stock 100 kB it arrives in pieces.
    small.put("socket.receive.buffer.bytes", "1048576");
    return small;
  }

  /// With the stock intervals a new worker waits 5 s for its first job.
  private static Map<String, String> quick() {
    return Map.of(
        "group.share.heartbeat.interval.ms", "250",
        "group.share.min.heartbeat.interval.ms", "250",
        "group.share.assignment.interval.ms", "0",
        // On a fresh broker the first try finds that its own topics are still being made.
        "group.share.initialize.retry.interval.ms", "1000",
        "offsets.commit.timeout.ms", "1000",
        // After a crash the broker is only let in again once its former self is given up.
        "broker.session.timeout.ms", "3000",
        "broker.heartbeat.interval.ms", "500",
        "group.initial.rebalance.delay.ms", "0");
  }
}
