package dev.stemfleet.worker.clip;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What one job loaded and what it found in the caches. Thread-safe; one per job, made by the job.
///
/// A load is one decode-and-scale (of [ClipKind#BASE]: one composition). Waiting for a load that
/// another job has begun is a hit: nothing was loaded for it.
public final class LoadCounts {
  private final Map<ClipKind, Integer> loads = new ConcurrentHashMap<>();
  private final Map<ClipKind, Integer> hits = new ConcurrentHashMap<>();

  public int loads(ClipKind kind) {
    return loads.getOrDefault(kind, 0);
  }

  public int hits(ClipKind kind) {
    return hits.getOrDefault(kind, 0);
  }

  /// All decode-and-scale loads; compositions of a base are not among them.
  public int totalLoads() {
    int total = 0;
    for (ClipKind kind : ClipKind.values()) {
      total += kind == ClipKind.BASE ? 0 : loads(kind);
    }
    return total;
  }

  void loaded(ClipKind kind) {
    loads.merge(kind, 1, Integer::sum);
  }

  void hit(ClipKind kind) {
    hits.merge(kind, 1, Integer::sum);
  }
}
