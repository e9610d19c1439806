package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.config.ConfigException;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.dispatcher.plan.RequestException;
import dev.stemfleet.dispatcher.submit.WatchedFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;

/// Submits what appears in a folder, until closed.
///
/// Files are kept as dealt with once they were sent or refused. What fails as a whole (no Kafka, a
/// channel's file that is broken just now) is said and tried again. Runs in one thread; another may
/// close it and waits for what is being sent.
final class FolderWatch implements AutoCloseable {
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final Duration LEAVING = Duration.ofSeconds(30);

  private final WatchedFolder folder;
  private final Submit submit;
  private final Screen screen;
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  FolderWatch(WatchedFolder folder, Submit submit, Screen screen) {
    this.folder = folder;
    this.submit = submit;
    this.screen = screen;
  }

  /// Sends files as one batch and says what became of them.
  @FunctionalInterface
  interface Submit {
    /// @throws RequestException if they make no sense together; nothing was sent
    void files(List<Path> files);
  }

  /// Watches until closed.
  void run() throws InterruptedException {
    Duration wait = LOOK;
    try {
      do {
        wait = look() ? LOOK : longer(wait);
      } while (!asked.await(wait.toMillis(), TimeUnit.MILLISECONDS));
    } finally {
      ended.countDown();
    }
  }

  /// @return whether nothing stood in the way
  private boolean look() {
    try {
      List<Path> ready = folder.ready();
      if (!ready.isEmpty()) {
        send(ready);
      }
      return true;
    } catch (RequestException | ConfigException | JobException | KafkaException e) {
      screen.warn(e.getMessage() + " (tried again)");
      return false;
    }
  }

  private void send(List<Path> files) {
    try {
      submit.files(files);
      folder.done(files);
    } catch (RequestException e) {
      if (files.size() == 1) {
        screen.error("refused " + e.getMessage());
        folder.done(files);
      } else {
        // One of them stands in the way of the others.
        files.forEach(file -> send(List.of(file)));
      }
    }
  }

  private static Duration longer(Duration wait) {
    Duration twice = wait.multipliedBy(2);
    return twice.compareTo(LONGEST_WAIT) < 0 ? twice : LONGEST_WAIT;
  }

  @Override
  public void close() {
    asked.countDown();
    try {
      if (!ended.await(LEAVING.toSeconds(), TimeUnit.SECONDS)) {
        screen.warn("what was being sent is not confirmed; it is sent again by the next watch");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
