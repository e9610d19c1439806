package dev.stemfleet.dispatcher.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.kafka.common.errors.InterruptException;

/// A question that is asked on a thread of its own while the command does something else. Nobody
/// has to wait for the answer: the thread does not keep the program alive.
///
/// @param <T> the answer
final class Meanwhile<T> {
  private final FutureTask<T> task;

  private Meanwhile(FutureTask<T> task) {
    this.task = task;
  }

  static <T> Meanwhile<T> begin(String thread, Callable<T> question) {
    FutureTask<T> task = new FutureTask<>(question);
    Thread.ofPlatform().name(thread).daemon().start(task);
    return new Meanwhile<>(task);
  }

  /// The answer, or what the question threw.
  T await() {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException(e);
    }
  }
}
