package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.dispatcher.plan.NamePattern;
import dev.stemfleet.dispatcher.watch.Fleet;
import dev.stemfleet.dispatcher.watch.FleetFeed;
import java.time.Duration;
import java.time.Instant;

/// Everything that the topics tell at this moment.
final class History {
  /// Workers that left are shown for so long; running jobs and live workers speak every few
  /// seconds.
  private static final Duration EVENTS = Duration.ofMinutes(30);

  private History() {}

  static Fleet read(KafkaClients clients, Surroundings here) {
    return read(clients, here, new NamePattern("*"));
  }

  /// @param batches whose jobs are wanted; workers always are
  static Fleet read(KafkaClients clients, Surroundings here, NamePattern batches) {
    Instant since = here.clock().instant().minus(EVENTS);
    if (batches.isOneName()) {
      try (FleetFeed feed = FleetFeed.ofBatch(clients, since, batches)) {
        feed.catchUp();
        if (feed.isAnnounced(batches)) {
          return told(feed, here);
        }
      }
    }
    try (FleetFeed feed = FleetFeed.ofBatches(clients, since, batches)) {
      feed.catchUp();
      return told(feed, here);
    }
  }

  private static Fleet told(FleetFeed feed, Surroundings here) {
    if (feed.unreadable() > 0) {
      here.screen().warn(feed.unreadable() + " messages cannot be read by this version");
    }
    return feed.view().snapshot(here.clock().instant());
  }
}
