package dev.stemfleet.worker.place;

import dev.stemfleet.common.s3.Bucket;
import dev.stemfleet.common.s3.StoreFailure;
import dev.stemfleet.common.s3.Stored;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What this worker has begun to write to an object store and not finished, noted there, with a
/// lease that says that the worker lives. Thread-safe.
///
/// What workers left whose lease was not renewed for an hour is removed, but never what a manifest
/// names; that of live workers never is. The age of a lease is by the store's clock. A worker that
/// could not renew its own for half of that time puts nothing into place any more: it may be
/// thought dead.
final class BucketWork implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BucketWork.class);
  private static final Duration RENEW_EVERY = Duration.ofMinutes(1);
  private static final Duration ALIVE_FOR = Duration.ofMinutes(30);
  private static final String LEASE = "lease";

  /// How old a lease is that nobody renews.
  static final Duration STALE_AFTER = Duration.ofHours(1);

  private final Bucket bucket;
  private final String own;
  private final AtomicBoolean renewing = new AtomicBoolean();
  private volatile Moment renewed = Moment.now();

  /// On both clocks: one stands still while a process does, the other may be set.
  private record Moment(long nanos, Instant wall) {
    static Moment now() {
      return new Moment(System.nanoTime(), Instant.now());
    }

    Duration age() {
      Duration nanosAge = Duration.ofNanos(System.nanoTime() - nanos);
      Duration wallAge = Duration.between(wall, Instant.now());
      return nanosAge.compareTo(wallAge) > 0 ? nanosAge : wallAge;
    }
  }

  private BucketWork(Bucket bucket, String own) {
    this.bucket = bucket;
    this.own = own;
  }

  /// Says that this worker lives, and removes what dead ones left.
  static BucketWork open(Bucket bucket, String workerId, Duration staleAfter) {
    String name = workerId + "-" + UUID.randomUUID().toString().substring(0, 8);
    BucketWork work = new BucketWork(bucket, OutputBucket.WORK + name + "/");
    try {
      work.renew();
      work.removeStale(staleAfter);
      return work;
    } catch (StoreFailure e) {
      throw OutputBucket.failure(e);
    }
  }

  /// Renews the lease when it is time, without waiting for the store.
  void touch() {
    if (renewed.age().compareTo(RENEW_EVERY) >= 0 && renewing.compareAndSet(false, true)) {
      Thread.ofVirtual().name("stemfleet-store-lease").start(this::renewAside);
    }
  }

  /// @throws dev.stemfleet.common.failure.JobException if others may think that this worker is dead
  void requireAlive() {
    if (renewed.age().compareTo(ALIVE_FOR) > 0) {
      throw OutputBucket.failure(
          StoreFailure.late(bucket.name(own + LEASE), "the lease was not renewed for too long"));
    }
  }

  /// Notes that something is about to be written.
  ///
  /// @param folder that will hold it and nothing else
  Begun begin(String folder) throws StoreFailure {
    Begun begun = new Begun(folder, own + UUID.randomUUID());
    bucket.write(begun.note, folder.getBytes(StandardCharsets.UTF_8));
    return begun;
  }

  @Override
  public void close() {
    try {
      // Notes of what is not known to be in place stay for whoever cleans up, and the lease with
      // them: it says since when.
      if (bucket.list(own).size() <= 1) {
        bucket.remove(own + LEASE);
      }
    } catch (StoreFailure e) {
      LOG.atDebug().log("the lease stays: {}", e.getMessage());
    }
  }

  private void renew() throws StoreFailure {
    Moment before = Moment.now();
    bucket.write(own + LEASE, new byte[0]);
    renewed = before;
  }

  private void renewAside() {
    try {
      renew();
    } catch (StoreFailure e) {
      LOG.atWarn().log("the lease in the object store cannot be kept: {}", e.getMessage());
    } finally {
      renewing.set(false);
    }
  }

  private void removeStale(Duration staleAfter) throws StoreFailure {
    Map<String, List<Stored>> workers = new TreeMap<>();
    for (Stored object : bucket.list(OutputBucket.WORK)) {
      int slash = object.key().indexOf('/', OutputBucket.WORK.length());
      workers
          .computeIfAbsent(object.key().substring(0, slash + 1), _ -> new java.util.ArrayList<>())
          .add(object);
    }
    Instant oldest = seen(workers.getOrDefault(own, List.of())).minus(staleAfter);
    for (Map.Entry<String, List<Stored>> worker : workers.entrySet()) {
      if (!worker.getKey().equals(own) && seen(worker.getValue()).isBefore(oldest)) {
        remove(worker.getValue());
      }
    }
  }

  private static Instant seen(List<Stored> objects) {
    return objects.stream()
        .map(Stored::written)
        .max(Comparator.naturalOrder())
        .orElse(Instant.EPOCH);
  }

  private void remove(List<Stored> left) throws StoreFailure {
    for (Stored note : left) {
      if (!note.key().endsWith("/" + LEASE)) {
        var folder =
            bucket.read(note.key()).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        if (folder.isPresent() && !isInPlace(folder.get())) {
          bucket.removeAll(OutputBucket.requireOutput(folder.get()) + "/");
        }
      }
      bucket.remove(note.key());
    }
  }

  private boolean isInPlace(String folder) throws StoreFailure {
    int slash = folder.lastIndexOf('/');
    return bucket
        .read(folder.substring(0, slash + 1) + Manifest.NAME)
        .flatMap(Manifest::of)
        .filter(manifest -> folder.substring(slash + 1).equals(manifest.folder()))
        .isPresent();
  }

  /// Something that is being written. Closing it removes all of it, unless it is in place or nobody
  /// knows whether it is. One thread.
  final class Begun implements AutoCloseable {
    private final String folder;
    private final String note;
    private boolean removed = true;

    private Begun(String folder, String note) {
      this.folder = folder;
      this.note = note;
    }

    /// The manifest is about to be written: from now on only the store knows.
    void deciding() {
      removed = false;
    }

    /// Another's manifest is there.
    void lost() {
      removed = true;
    }

    /// The manifest names it.
    void inPlace() {
      forget();
    }

    @Override
    public void close() {
      if (removed) {
        try {
          bucket.removeAll(folder + "/");
          forget();
        } catch (StoreFailure e) {
          LOG.atDebug().log("left for the next clean-up: {}", e.getMessage());
        }
      }
    }

    private void forget() {
      try {
        bucket.remove(note);
      } catch (StoreFailure e) {
        LOG.atDebug().log("a note stays: {}", e.getMessage());
      }
    }
  }
}
