package dev.stemfleet.dispatcher.submit;

import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.TopicReader;
import dev.stemfleet.common.message.Event;
import dev.stemfleet.common.message.Wire;
import dev.stemfleet.common.message.WireException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Live workers that cannot see a folder that tracks come from: they would fail those tracks.
final class BlindWorkers {
  /// A live worker speaks every few seconds.
  private static final Duration HEARD_WITHIN = Duration.ofSeconds(20);

  private static final Duration POLL = Duration.ofMillis(200);

  private BlindWorkers() {}

  /// One line per root that some live worker does not map. Blocks for as long as the last
  /// heartbeats take to read.
  ///
  /// @param roots names of roots that may be used
  static List<String> warnings(KafkaClients clients, Set<String> roots, Instant now) {
    Map<String, Event.Heartbeat> alive = alive(clients, now);
    List<String> warnings = new ArrayList<>();
    for (String root : new TreeSet<>(roots)) {
      List<String> blind =
          alive.values().stream()
              .filter(worker -> !worker.roots().contains(root))
              .map(Event.Heartbeat::worker)
              .toList();
      if (!blind.isEmpty()) {
        warnings.add(
            "the root %s is not mapped by %s; start with --root %s=FOLDER"
                .formatted(root, String.join(", ", blind), root));
      }
    }
    return warnings;
  }

  private static Map<String, Event.Heartbeat> alive(KafkaClients clients, Instant now) {
    Map<String, Event.Heartbeat> latest = new TreeMap<>();
    Set<String> events = Set.of(clients.settings().topics().events());
    try (TopicReader reader = TopicReader.since(clients, events, now.minus(HEARD_WITHIN))) {
      while (!reader.caughtUp()) {
        for (TopicReader.Entry entry : reader.poll(POLL)) {
          entry
              .value()
              .flatMap(BlindWorkers::heartbeat)
              .ifPresent(beat -> latest.put(beat.worker(), beat));
        }
      }
    }
    latest.values().removeIf(beat -> beat.state() == Event.WorkerState.STOPPED);
    return latest;
  }

  private static Optional<Event.Heartbeat> heartbeat(byte[] message) {
    try {
      return Wire.read(message, Event.class) instanceof Event.Heartbeat beat
          ? Optional.of(beat)
          : Optional.empty();
    } catch (WireException e) {
      // Written by another version: not ours to judge here.
      return Optional.empty();
    }
  }
}
