package dev.stemfleet.worker.separation;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A thread beside the caller's that does one step after the other. Closing it waits for the step
/// that runs.
final class Beside implements AutoCloseable {
  private final ExecutorService thread;

  Beside(String name) {
    thread = Executors.newSingleThreadExecutor(Thread.ofPlatform().name(name).daemon().factory());
  }

  <T> Future<T> start(Callable<T> step) {
    return thread.submit(step);
  }

  /// What a step gave; waits for it.
  ///
  /// @throws RuntimeException what the step threw
  static <T> T await(Future<T> step) {
    try {
      return step.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while a track was separated");
    } catch (ExecutionException e) {
      throw switch (e.getCause()) {
        case RuntimeException exception -> exception;
        case Error error -> throw error;
        case null, default -> new IllegalStateException(e);
      };
    }
  }

  @Override
  public void close() {
    thread.close();
  }
}
