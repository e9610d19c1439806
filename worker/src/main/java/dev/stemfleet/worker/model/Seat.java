package dev.stemfleet.worker.model;

import dev.stemfleet.common.failure.JobException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// The place of one model in the cache, from the first request for it on. Its counts are guarded by
/// the cache.
final class Seat {
  private final ModelKey key;
  private final long bytes;
  private final CompletableFuture<Resident> resident = new CompletableFuture<>();
  private int holds;

  /// @param bytes that the model takes, as [ModelBytes] estimates it
  Seat(ModelKey key, long bytes) {
    this.key = key;
    this.bytes = bytes;
  }

  ModelKey key() {
    return key;
  }

  long bytes() {
    return bytes;
  }

  /// Completed when the model is loaded, or cannot be.
  CompletableFuture<Resident> resident() {
    return resident;
  }

  /// Waits until it is loaded.
  ///
  /// @throws JobException as whoever loads it
  Resident await() {
    try {
      return resident.join();
    } catch (CompletionException | CancellationException e) {
      if (e.getCause() instanceof JobException failure) {
        throw new JobException(failure.code(), String.valueOf(failure.getMessage()), failure);
      }
      throw e;
    }
  }

  /// Closes its model, if it has one. Waits for a load that is under way.
  void close() {
    try {
      resident.join().model().close();
    } catch (CompletionException | CancellationException e) {
      // There is none: whoever loaded it was told.
    }
  }

  boolean loaded() {
    return resident.isDone() && !resident.isCompletedExceptionally();
  }

  /// Loaded, and nobody holds it.
  boolean idle() {
    return holds == 0 && loaded();
  }

  void hold() {
    holds++;
  }

  void release() {
    holds--;
  }
}
