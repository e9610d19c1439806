package dev.stemfleet.worker.queue;

import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.TopicReader;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows the control topic from its start: cancels reach every worker. The callback runs on the
/// reader's own thread, in order; what it throws is logged. Caller closes.
public final class ControlReader implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ControlReader.class);
  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration AFTER_TROUBLE = Duration.ofSeconds(2);

  private final KafkaClients clients;
  private final Consumer<TopicReader.Entry> callback;
  private final CountDownLatch caughtUp = new CountDownLatch(1);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  private ControlReader(KafkaClients clients, Consumer<TopicReader.Entry> callback) {
    this.clients = clients;
    this.callback = callback;
    this.thread = Thread.ofPlatform().name("stemfleet-control").daemon().unstarted(this::run);
  }

  /// Starts reading. An entry without a value takes back what was said under its key. After a
  /// trouble with the broker everything is read again from the start: the callback must bear that.
  public static ControlReader open(KafkaClients clients, Consumer<TopicReader.Entry> callback) {
    ControlReader reader = new ControlReader(clients, callback);
    reader.thread.start();
    return reader;
  }

  /// Waits until everything that was on the topic at the start was handed to the callback.
  ///
  /// @return false if that took longer
  public boolean awaitCaughtUp(Duration wait) throws InterruptedException {
    return caughtUp.await(wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!isClosing(Duration.ZERO)) {
      try (TopicReader reader =
          TopicReader.fromStart(clients, Set.of(clients.settings().topics().control()))) {
        follow(reader);
      } catch (KafkaException e) {
        log.warn("The control topic cannot be read now: {}", e.getMessage());
        isClosing(AFTER_TROUBLE);
      }
    }
  }

  private void follow(TopicReader reader) {
    while (!isClosing(Duration.ZERO)) {
      if (caughtUp.getCount() > 0 && reader.caughtUp()) {
        caughtUp.countDown();
      }
      for (TopicReader.Entry entry : reader.poll(POLL)) {
        hand(entry);
      }
    }
  }

  private void hand(TopicReader.Entry entry) {
    try {
      callback.accept(entry);
    } catch (RuntimeException e) {
      log.error("An entry of the control topic could not be used.", e);
    }
  }

  private boolean isClosing(Duration wait) {
    try {
      return closing.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
