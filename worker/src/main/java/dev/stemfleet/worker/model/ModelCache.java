package dev.stemfleet.worker.model;

import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.message.ModelFacts;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// The models that are resident on one device. Each is loaded once, however many ask for it at the
/// same time, and stays until the cache is closed. Thread-safe.
public final class ModelCache implements AutoCloseable {
  private final Sessions sessions;
  private final InstantSource clock;
  private final Map<ModelKey, CompletableFuture<Resident>> residents = new HashMap<>();
  private long hits;
  private long misses;
  private boolean closed;

  /// @param cpuThreads for one network's arithmetic on the processor; 0 = one per core
  /// @param clock for the facts only
  public ModelCache(Device device, int cpuThreads, InstantSource clock) {
    this.sessions = new Sessions(device, cpuThreads);
    this.clock = clock;
  }

  /// The resident model, loaded and warmed first if this is its first use. Waits while another
  /// thread loads the same one.
  ///
  /// @throws JobException MODEL_BROKEN with one line naming file and field, or DEVICE_FAILED; a
  ///   failure is not kept, the next call tries again
  public ResidentModel get(CatalogModel model) {
    ModelKey key = ModelKey.of(model.spec(), sessions.device());
    CompletableFuture<Resident> mine = new CompletableFuture<>();
    CompletableFuture<Resident> known;
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException("the model cache is closed");
      }
      known = residents.putIfAbsent(key, mine);
      if (known == null) {
        misses++;
      } else {
        hits++;
      }
    }
    return known == null ? load(model, key, mine) : await(known);
  }

  /// How often a model was there already, and how often it had to be loaded.
  public synchronized Counts counts() {
    return new Counts(hits, misses);
  }

  /// What is known of a resident model.
  ///
  /// @throws IllegalStateException if it is not resident
  public ModelFacts facts(ResidentModel model) {
    return settled().stream()
        .filter(resident -> resident.model() == model)
        .map(resident -> resident.facts(sessions.device()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(model.spec().id() + " is not resident"));
  }

  /// All resident models.
  public List<ModelFacts> facts() {
    return settled().stream().map(resident -> resident.facts(sessions.device())).toList();
  }

  /// Closes the sessions. No model may be running, and none can be had afterwards.
  @Override
  public void close() {
    List<CompletableFuture<Resident>> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(residents.values());
      residents.clear();
    }
    for (CompletableFuture<Resident> future : all) {
      // Waits for a load that is under way: its session must not outlive the cache.
      future.handle((resident, failure) -> resident).thenAccept(ModelCache::close).join();
    }
  }

  private ResidentModel load(CatalogModel model, ModelKey key, CompletableFuture<Resident> future) {
    long start = System.nanoTime();
    try {
      ResidentModel loaded = ResidentModel.load(model, sessions);
      double seconds = (System.nanoTime() - start) / 1e9;
      future.complete(new Resident(loaded, seconds, clock.instant()));
      return loaded;
    } catch (RuntimeException | Error e) {
      synchronized (this) {
        residents.remove(key, future);
      }
      future.completeExceptionally(e);
      throw e;
    }
  }

  private static ResidentModel await(CompletableFuture<Resident> loading) {
    try {
      return loading.join().model();
    } catch (CompletionException | CancellationException e) {
      if (e.getCause() instanceof JobException failure) {
        throw new JobException(failure.code(), String.valueOf(failure.getMessage()), failure);
      }
      throw e;
    }
  }

  private synchronized List<Resident> settled() {
    return residents.values().stream()
        .filter(CompletableFuture::isDone)
        .filter(future -> !future.isCompletedExceptionally())
        .map(CompletableFuture::join)
        .toList();
  }

  private static void close(@Nullable Resident resident) {
    if (resident != null) {
      resident.model().close();
    }
  }

  /// Uses of the cache since the start.
  ///
  /// @param misses = loads tried
  public record Counts(long hits, long misses) {}
}
