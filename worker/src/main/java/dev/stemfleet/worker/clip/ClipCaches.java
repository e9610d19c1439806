package dev.stemfleet.worker.clip;

import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.Box;
import dev.stemfleet.common.domain.Look;
import dev.stemfleet.common.domain.Picture;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The clips of a worker: loaded once, kept within byte budgets, shared by all its jobs.
///
/// Thread-safe: concurrent requests for one clip load it once. Opened and closed by the worker; a
/// job calls [#hold] once and keeps what it gets until it ends.
public final class ClipCaches implements AutoCloseable {
  private final ClipStores stores;
  private final ClipLoader loader;
  private final Bases bases;

  private ClipCaches(ClipStores stores, ClipLoader loader) {
    this.stores = stores;
    this.loader = loader;
    this.bases = new Bases(stores, loader);
  }

  /// Takes the budgets' memory at once.
  ///
  /// @throws IllegalArgumentException if the JVM may not use that much direct memory; the message
  ///   names the option
  public static ClipCaches open(CacheBudgets budgets, PictureFiles files) {
    return new ClipCaches(ClipStores.open(budgets), new ClipLoader(files));
  }

  /// Everything that the frames of one job are drawn from.
  ///
  /// @param trackId picks the colours of the placeholder where `cover` cannot be used
  /// @param stems those that are drawn; each needs an icon in the look
  /// @throws JobException `ASSET_MISSING` or `ASSET_UNREADABLE` naming the picture;
  ///   `SOURCE_UNREACHABLE` where its file cannot be read now
  public FrameClips hold(
      Look look,
      Cover cover,
      String trackId,
      Collection<Stem> stems,
      BaseDrawing drawing,
      LoadCounts counts) {
    Bases.Base base = bases.base(new Bases.Wanted(look, cover, trackId, drawing, counts));
    Map<Stem, Picture> icons = new EnumMap<>(Stem.class);
    for (Stem stem : stems) {
      icons.put(stem, icon(look, stem, counts));
    }
    return new FrameClips(
        base.picture(), watermark(look, counts), icons, base.coverWarning(), base.loop());
  }

  /// One entry per cache.
  public List<CacheStatistics> statistics() {
    return stores.statistics();
  }

  @Override
  public void close() {
    stores.close();
  }

  private Picture watermark(Look look, LoadCounts counts) {
    Box box = look.layout().watermark().scaled(look.scale());
    String key = ClipKeys.clip(look.watermark().sha256(), box.width(), box.height());
    return stores
        .of(ClipKind.WATERMARK)
        .get(key, counts, () -> loader.watermark(look.watermark(), box.width(), box.height()));
  }

  private Picture icon(Look look, Stem stem, LoadCounts counts) {
    AssetRef icon = look.icons().get(stem);
    if (icon == null) {
      throw new JobException(
          FailureCode.ASSET_MISSING, "icons." + stem.key() + ": the look has no such icon");
    }
    Box box = look.layout().icon().scaled(look.scale());
    return stores
        .of(ClipKind.ICON)
        .get(
            ClipKeys.clip(icon.sha256(), box.width(), box.height()),
            counts,
            () -> loader.icon(icon, box.width(), box.height()));
  }
}
