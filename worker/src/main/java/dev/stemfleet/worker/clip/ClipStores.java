package dev.stemfleet.worker.clip;

import dev.stemfleet.common.domain.Picture;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ehcache.Cache;
import org.ehcache.CacheManager;
import org.ehcache.config.builders.CacheConfigurationBuilder;
import org.ehcache.config.builders.CacheManagerBuilder;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.config.units.MemoryUnit;
import org.ehcache.core.internal.statistics.DefaultStatisticsService;
import org.ehcache.core.spi.service.StatisticsService;

/// The Ehcache instance: one off-heap cache of pictures per [ClipKind]. Thread-safe; owned by
/// [ClipCaches].
final class ClipStores implements AutoCloseable {
  private static final String OFF_HEAP = "OffHeap";

  private final CacheBudgets budgets;
  private final StatisticsService counters;
  private final CacheManager manager;
  private final Map<ClipKind, ClipStore> stores = new EnumMap<>(ClipKind.class);

  private ClipStores(CacheBudgets budgets, StatisticsService counters, CacheManager manager) {
    this.budgets = budgets;
    this.counters = counters;
    this.manager = manager;
    for (ClipKind kind : ClipKind.values()) {
      Cache<String, Picture> cache = manager.getCache(kind.key(), String.class, Picture.class);
      stores.put(kind, new ClipStore(kind, cache, budgets.largestClip(kind)));
    }
  }

  static ClipStores open(CacheBudgets budgets) {
    StatisticsService counters = new DefaultStatisticsService();
    CacheManagerBuilder<CacheManager> builder =
        CacheManagerBuilder.newCacheManagerBuilder().using(counters);
    for (ClipKind kind : ClipKind.values()) {
      builder = builder.withCache(kind.key(), configuration(budgets.of(kind)));
    }
    try {
      return new ClipStores(budgets, counters, builder.build(true));
    } catch (RuntimeException | OutOfMemoryError e) {
      throw new IllegalArgumentException(
          "The picture caches need %d MB of direct memory: start Java with -XX:MaxDirectMemorySize=%dm or more"
              .formatted(budgets.total() >> 20, (budgets.total() >> 20) + 64),
          e);
    }
  }

  private static CacheConfigurationBuilder<String, Picture> configuration(long budget) {
    return CacheConfigurationBuilder.newCacheConfigurationBuilder(
            String.class,
            Picture.class,
            ResourcePoolsBuilder.newResourcePoolsBuilder().offheap(budget, MemoryUnit.B))
        .withValueSerializer(new PictureSerializer());
  }

  ClipStore of(ClipKind kind) {
    ClipStore store = stores.get(kind);
    if (store == null) {
      throw new IllegalStateException("no cache for " + kind);
    }
    return store;
  }

  List<CacheStatistics> statistics() {
    return Arrays.stream(ClipKind.values()).map(this::statistics).toList();
  }

  private CacheStatistics statistics(ClipKind kind) {
    var cache = counters.getCacheStatistics(kind.key());
    var tier = Objects.requireNonNull(cache.getTierStatistics().get(OFF_HEAP));
    return new CacheStatistics(
        kind,
        of(kind).hits(),
        of(kind).misses(),
        cache.getCacheEvictions(),
        tier.getMappings(),
        tier.getOccupiedByteSize(),
        budgets.of(kind));
  }

  @Override
  public void close() {
    manager.close();
  }
}
