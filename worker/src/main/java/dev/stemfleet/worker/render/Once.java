package dev.stemfleet.worker.render;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/// Values that are expensive to make, made once per key while they are among the most recently
/// used. Thread-safe: whoever asks while a value is made waits for it. A failure is not kept.
final class Once<K, V> {
  private final Map<K, FutureTask<V>> values;

  /// @param kept how many values stay
  Once(int kept) {
    values =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<K, FutureTask<V>> eldest) {
            return size() > kept;
          }
        };
  }

  V get(K key, Supplier<V> make) {
    FutureTask<V> task;
    synchronized (values) {
      task = values.computeIfAbsent(key, _ -> new FutureTask<>(make::get));
    }
    task.run(); // does nothing where another thread runs it or has run it
    try {
      return task.get();
    } catch (ExecutionException e) {
      synchronized (values) {
        values.remove(key, task);
      }
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while another thread encodes the same", e);
    }
  }
}
