package dev.stemfleet.dispatcher.monitor;

import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.QueueLook;
import dev.stemfleet.common.metrics.Readings;
import dev.stemfleet.dispatcher.watch.FleetFeed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;

/// Follows the fleet and asks the brokers for the queue every few seconds, on a thread of its own.
/// What it knows can be read by any thread; the caller closes.
public final class FleetMonitor implements AutoCloseable {
  /// Live workers and running jobs speak every few seconds.
  private static final Duration EVENTS = Duration.ofMinutes(30);

  private static final Duration AGAIN = Duration.ofSeconds(5);
  private static final Duration LEAVE_TIME = Duration.ofSeconds(5);

  private final Supplier<KafkaClients> clients;
  private final Clock clock;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile Supplier<Readings> latest = FleetReadings::blind;
  private volatile Optional<String> trouble = Optional.of("starting: nothing is known yet");

  private FleetMonitor(Supplier<KafkaClients> clients, Clock clock) {
    this.clients = clients;
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("stemfleet-monitor").daemon().unstarted(this::run);
  }

  /// Begins to look; what it finds is there soon.
  ///
  /// @param clients for the queue as it is recorded; asked again after a failure
  public static FleetMonitor start(Supplier<KafkaClients> clients, Clock clock) {
    FleetMonitor monitor = new FleetMonitor(clients, clock);
    monitor.thread.start();
    return monitor;
  }

  /// The meters of the fleet as they were seen last, at most a few seconds ago.
  public Readings readings() {
    return latest.get();
  }

  /// Why nothing is known at the moment; empty if all is well.
  public Optional<String> trouble() {
    return trouble;
  }

  /// Whether its thread has ended, which it does only when this is closed.
  public Optional<String> dead() {
    return thread.isAlive() ? Optional.empty() : Optional.of("the fleet is not watched any more");
  }

  @Override
  public void close() {
    closing.countDown();
    thread.interrupt();
    try {
      thread.join(LEAVE_TIME);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      do {
        follow();
      } while (!closing.await(AGAIN.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Until something fails, or this is closed.
  private void follow() {
    try {
      KafkaClients here = clients.get();
      Instant since = clock.instant().minus(EVENTS);
      try (FleetFeed feed = FleetFeed.ofHistory(here, since)) {
        feed.catchUp();
        while (closing.getCount() > 0) {
          look(feed, here);
        }
      }
    } catch (KafkaException | JobException e) {
      // An interrupt is a KafkaException, too; then this is being closed.
      latest = FleetReadings::blind;
      trouble = Optional.of("the brokers cannot be asked: " + e.getMessage());
    }
  }

  private void look(FleetFeed feed, KafkaClients here) {
    QueueLook queue = QueueLook.ask(here);
    var fleet = feed.view().snapshot(clock.instant());
    latest = () -> FleetReadings.of(fleet, queue);
    trouble = Optional.empty();
    long until = System.nanoTime() + AGAIN.toNanos();
    for (long left = AGAIN.toNanos(); left > 0; left = until - System.nanoTime()) {
      feed.poll(Duration.ofNanos(left));
    }
  }
}
