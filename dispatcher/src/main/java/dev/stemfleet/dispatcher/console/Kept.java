package dev.stemfleet.dispatcher.console;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;

/// Things that take a moment to make, made one at a time on one platform thread and kept as long as
/// they are among the last that were asked for. Whoever asks while one is being made gets the same.
/// Thread-safe; the caller closes.
///
/// @param <T> what is kept
final class Kept<T> implements AutoCloseable {
  private static final int MOST_WAITING = 16;

  private final Map<String, FutureTask<T>> tasks;
  private final ExecutorService thread;

  /// @param most how many are kept
  Kept(String thread, int most) {
    this.thread =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().name(thread).daemon().factory());
    this.tasks =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, FutureTask<T>> eldest) {
            return size() > most && eldest.getValue().isDone();
          }
        };
  }

  /// What is kept under the key, or is made now. A failure is not kept.
  ///
  /// @throws RejectedExecutionException if too many wait already
  T get(String key, Callable<T> maker) throws ExecutionException, InterruptedException {
    FutureTask<T> task = task(key, maker);
    try {
      return task.get();
    } catch (ExecutionException e) {
      forget(key, task);
      throw e;
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private synchronized FutureTask<T> task(String key, Callable<T> maker) {
    FutureTask<T> known = tasks.get(key);
    if (known != null) {
      return known;
    }
    long waiting = tasks.values().stream().filter(task -> !task.isDone()).count();
    if (waiting >= MOST_WAITING) {
      throw new RejectedExecutionException("too many wait already");
    }
    FutureTask<T> task = new FutureTask<>(maker);
    thread.execute(task);
    tasks.put(key, task);
    return task;
  }

  private synchronized void forget(String key, FutureTask<T> failed) {
    if (Objects.equals(tasks.get(key), failed)) {
      tasks.remove(key);
    }
  }
}
