package dev.stemfleet.worker.clip;

import dev.stemfleet.common.domain.Picture;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.ehcache.Cache;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One cache whose concurrent misses of one key load once. Thread-safe.
///
/// The waiting happens outside Ehcache: its own loaders lock a whole segment, so that a slow load
/// would keep other keys waiting.
final class ClipStore {
  private static final Logger LOG = LoggerFactory.getLogger(ClipStore.class);

  private final ClipKind kind;
  private final Cache<String, Picture> cache;
  private final long largestBytes;
  private final ConcurrentHashMap<String, CompletableFuture<Picture>> loading =
      new ConcurrentHashMap<>();
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();

  /// @param largestBytes larger pictures are not kept
  ClipStore(ClipKind kind, Cache<String, Picture> cache, long largestBytes) {
    this.kind = kind;
    this.cache = cache;
    this.largestBytes = largestBytes;
  }

  /// The picture of `key`, loaded if it is not there. What `load` throws reaches everybody who
  /// waits for it; nothing is kept then.
  Picture get(String key, LoadCounts counts, Supplier<Picture> load) {
    Picture known = cache.get(key);
    if (known != null) {
      return hit(known, counts);
    }
    CompletableFuture<Picture> mine = new CompletableFuture<>();
    CompletableFuture<Picture> others = loading.putIfAbsent(key, mine);
    if (others != null) {
      return hit(await(others), counts);
    }
    try {
      Picture picture = loadUnlessJustLoaded(key, counts, load);
      mine.complete(picture);
      return picture;
    } catch (RuntimeException | Error e) {
      mine.completeExceptionally(e);
      throw e;
    } finally {
      loading.remove(key, mine);
    }
  }

  long hits() {
    return hits.sum();
  }

  long misses() {
    return misses.sum();
  }

  private Picture loadUnlessJustLoaded(String key, LoadCounts counts, Supplier<Picture> load) {
    // Another load may have ended between our look and our registration.
    Picture known = cache.get(key);
    if (known != null) {
      return hit(known, counts);
    }
    Picture picture = load.get();
    misses.increment();
    counts.loaded(kind);
    keep(key, picture);
    return picture;
  }

  private void keep(String key, Picture picture) {
    if (picture.bytes() <= largestBytes) {
      cache.put(key, picture);
    } else {
      // Ehcache would throw out everything else first and then not keep it.
      LOG.atWarn()
          .addKeyValue("cache", kind.key())
          .addKeyValue("bytes", picture.bytes())
          .log("Clip too large for its cache and loaded every time: raise the cache's budget");
    }
  }

  private Picture hit(Picture picture, LoadCounts counts) {
    hits.increment();
    counts.hit(kind);
    return picture;
  }

  private static Picture await(CompletableFuture<Picture> others) {
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
