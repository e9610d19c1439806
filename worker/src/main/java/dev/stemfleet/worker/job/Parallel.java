package dev.stemfleet.worker.job;

import dev.stemfleet.common.domain.Progress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// Waits for several things that are done at once.
final class Parallel {
  private Parallel() {}

  /// Does the same with several things; else like [#await].
  static <T> void forEach(Executor pool, List<T> items, Progress progress, Consumer<T> work) {
    await(
        items.stream()
            .map(item -> CompletableFuture.runAsync(() -> work.accept(item), pool))
            .toList(),
        progress);
  }

  /// Returns when all are done. If one throws, waits for those that run and throws the first's
  /// exception.
  ///
  /// @param progress told on the calling thread
  static void await(List<CompletableFuture<Void>> running, Progress progress) {
    RuntimeException first = null;
    for (int done = 0; done < running.size(); done++) {
      try {
        running.get(done).join();
        if (first == null) {
          progress.at((done + 1.0) / running.size());
        }
      } catch (CompletionException e) {
        RuntimeException failure = e.getCause() instanceof RuntimeException cause ? cause : e;
        first = first == null ? failure : first;
      } catch (StoppedException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
