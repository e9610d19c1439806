package dev.stemfleet.worker;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A part that is opened on a thread of its own while others are opened. Whoever started it either
/// takes the part, and closes it from then on, or closes this.
///
/// @param <T> the part
final class Aside<T> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Aside.class);

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /// Gives a part back that nobody took.
  @FunctionalInterface
  interface Closing<T> {
    void close(T part);
  }

  private final FutureTask<T> opening;
  private final Closing<T> closing;
  private final Thread thread;
  private boolean taken;

  private Aside(String name, Callable<T> work, Closing<T> closing) {
    this.opening = new FutureTask<>(work);
    this.closing = closing;
    this.thread = Thread.ofPlatform().name("stemfleet-open-" + name).daemon().unstarted(opening);
  }

  /// Begins at once.
  static <T> Aside<T> open(String name, Callable<T> work, Closing<T> closing) {
    Aside<T> aside = new Aside<>(name, work, closing);
    aside.thread.start();
    return aside;
  }

  /// Waits for the part, which is the caller's from now on.
  ///
  /// @throws RuntimeException why it could not be opened
  T take() {
    try {
      T part = opening.get();
      taken = true;
      return part;
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException known -> throw known;
        case Error known -> throw known;
        case null, default -> throw new IllegalStateException(e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while opening", e);
    }
  }

  /// Closes what came of it, if nobody took it. An opening that takes long is interrupted, but not
  /// at once: Kafka's clients log an interruption as an error of theirs.
  @Override
  public void close() {
    if (taken) {
      return;
    }
    try {
      thread.join(PATIENCE);
      thread.interrupt();
      closing.close(opening.get());
    } catch (ExecutionException e) {
      LOG.atDebug().setCause(e).log("not opened, and not needed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
