package dev.stemfleet.dispatcher.console;

import dev.stemfleet.common.config.ConfigException;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.dispatcher.watch.Fleet;
import dev.stemfleet.dispatcher.watch.FleetFeed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the topics on one thread, however many browsers look, and hands on what they come to. The
/// caller closes.
final class FleetReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FleetReader.class);

  /// Workers that left are shown for so long; running jobs and live workers speak every few
  /// seconds.
  private static final Duration EVENTS = Duration.ofMinutes(30);

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration SOONEST = Duration.ofMillis(400);

  /// Workers get lost and times pass also when nothing is read.
  private static final Duration LATEST = Duration.ofSeconds(5);

  /// Of the time, what may be spent on looking: the history may be long.
  private static final int TIMES_ITS_COST = 5;

  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final Gate gate;
  private final Clock clock;
  private final Listener listener;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private Fleet last;

  /// How far the reading is.
  ///
  /// @param reading whether the history is still being read
  /// @param unreadable messages that could not be read
  /// @param trouble why the topics cannot be read now, null when they can
  record State(boolean reading, long unreadable, @Nullable String trouble) {}

  /// Is told of the fleet, by the reader's thread.
  interface Listener {
    void seen(Fleet fleet, State state);
  }

  private FleetReader(Gate gate, Clock clock, Listener listener) {
    this.gate = gate;
    this.clock = clock;
    this.listener = listener;
    this.last = new Fleet(clock.instant(), List.of(), List.of());
    this.thread = Thread.ofPlatform().name("stemfleet-console-feed").daemon().unstarted(this::run);
  }

  static FleetReader start(Gate gate, Clock clock, Listener listener) {
    FleetReader reader = new FleetReader(gate, clock, listener);
    reader.thread.start();
    return reader;
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    listener.seen(last, new State(true, 0, null));
    while (!ended(Duration.ZERO)) {
      try (FleetFeed feed = FleetFeed.ofHistory(gate.clients(), clock.instant().minus(EVENTS))) {
        follow(feed);
      } catch (KafkaException | JobException | ConfigException e) {
        listener.seen(last, new State(true, 0, String.valueOf(e.getMessage())));
        LOG.warn("the topics cannot be read now, next try in {} s", PAUSE.toSeconds(), e);
        ended(PAUSE);
      }
    }
  }

  private void follow(FleetFeed feed) {
    long told = -1;
    Instant toldAt = Instant.EPOCH;
    Duration pause = SOONEST;
    while (!ended(Duration.ZERO)) {
      feed.poll(POLL);
      Instant now = clock.instant();
      Duration since = Duration.between(toldAt, now);
      boolean due = feed.read() != told && since.compareTo(pause) >= 0;
      if (due || since.compareTo(LATEST) >= 0) {
        long begun = System.nanoTime();
        told = feed.read();
        toldAt = now;
        last = feed.view().snapshot(now);
        listener.seen(last, new State(!feed.caughtUp(), feed.unreadable(), null));
        pause = longer(SOONEST, Duration.ofNanos((System.nanoTime() - begun) * TIMES_ITS_COST));
      }
    }
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  private boolean ended(Duration wait) {
    try {
      return closed.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
