package dev.stemfleet.worker.render;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/// Values that are expensive to make, made once per key while they are among the most recently
/// used. Thread-safe: whoever asks while a value is made waits for it. A failure reaches all who
/// wait and is not kept.
final class Once<K, V> {
  private final Map<K, CompletableFuture<V>> values;

  /// @param kept how many values stay
  Once(int kept) {
    values =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<K, CompletableFuture<V>> eldest) {
            return size() > kept;
          }
        };
  }

  V get(K key, Supplier<V> make) {
    CompletableFuture<V> mine = new CompletableFuture<>();
    CompletableFuture<V> known;
    synchronized (values) {
      known = values.putIfAbsent(key, mine);
    }
    return known == null ? make(key, mine, make) : await(known);
  }

  /// Lets go of a value; the next who asks has it made again.
  void forget(K key) {
    synchronized (values) {
      values.remove(key);
    }
  }

  private V make(K key, CompletableFuture<V> mine, Supplier<V> make) {
    try {
      V value = make.get();
      mine.complete(value);
      return value;
    } catch (RuntimeException | Error e) {
      synchronized (values) {
        values.remove(key, mine);
      }
      mine.completeExceptionally(e);
      throw e;
    }
  }

  private static <V> V await(CompletableFuture<V> others) {
    try {
      return others.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
