package dev.stemfleet.dispatcher.console;

import dev.stemfleet.common.config.ConfigException;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.kafka.QueueUse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;

/// Asks the broker every few seconds how full the queue is, on a thread of its own. The last answer
/// may be read by any thread. The caller closes.
final class QueueAsker implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(3);

  private final Gate gate;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile Answer last = new Answer(Optional.empty(), Optional.empty());

  /// @param use empty when nobody has taken any job yet
  /// @param trouble why the broker could not be asked
  record Answer(Optional<QueueUse> use, Optional<String> trouble) {}

  private QueueAsker(Gate gate) {
    this.gate = gate;
  }

  static QueueAsker start(Gate gate) {
    QueueAsker asker = new QueueAsker(gate);
    Thread.ofPlatform().name("stemfleet-console-queue").daemon().start(asker::run);
    return asker;
  }

  Answer last() {
    return last;
  }

  @Override
  public void close() {
    ended.countDown();
  }

  private void run() {
    try {
      do {
        ask();
      } while (!ended.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void ask() {
    try {
      last = new Answer(QueueUse.ask(gate.recorded()), Optional.empty());
    } catch (JobException | KafkaException | ConfigException e) {
      last = new Answer(last.use(), Optional.of(String.valueOf(e.getMessage())));
    }
  }
}
