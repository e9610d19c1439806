package dev.stemfleet.worker.clip;

/// How much off-heap memory each cache may take, in bytes. All of it is taken when the caches open.
///
/// A budget below 128 MiB or below eight of the largest clips is refused: an off-heap tier near its
/// limit throws out everything but the newest large clip, and for a clip larger than the tier it
/// throws out everything and keeps nothing. Clips above an eighth of a budget are therefore not
/// kept.
public record CacheBudgets(long background, long thumbnail, long watermark, long icon, long base) {
  public static final long SMALLEST = 128L << 20;
  private static final int LARGEST_CLIPS_THAT_FIT = 8;

  public CacheBudgets {
    require("background", background);
    require("thumbnail", thumbnail);
    require("watermark", watermark);
    require("icon", icon);
    require("base", base);
  }

  /// The smallest budgets that serve videos of up to this size well.
  public static CacheBudgets forVideosUpTo(int width, int height) {
    long frames = Math.max(SMALLEST, bytesFor(width, height));
    return new CacheBudgets(frames, frames, SMALLEST, SMALLEST, frames);
  }

  /// Refuses budgets that are too small for videos of this size.
  ///
  /// @throws IllegalArgumentException naming the budget
  public void requireRoomFor(int width, int height) {
    long needed = bytesFor(width, height);
    for (ClipKind kind : new ClipKind[] {ClipKind.BACKGROUND, ClipKind.THUMBNAIL, ClipKind.BASE}) {
      if (of(kind) < needed) {
        throw new IllegalArgumentException(
            "%s: the cache budget must be at least %d bytes (8 pictures of %dx%d), not %d"
                .formatted(kind.key(), needed, width, height, of(kind)));
      }
    }
  }

  public long of(ClipKind kind) {
    return switch (kind) {
      case BACKGROUND -> background;
      case THUMBNAIL -> thumbnail;
      case WATERMARK -> watermark;
      case ICON -> icon;
      case BASE -> base;
    };
  }

  /// The largest clip that a cache keeps, in bytes.
  long largestClip(ClipKind kind) {
    return of(kind) / LARGEST_CLIPS_THAT_FIT;
  }

  public long total() {
    return background + thumbnail + watermark + icon + base;
  }

  private static long bytesFor(int width, int height) {
    return 4L * width * height * LARGEST_CLIPS_THAT_FIT;
  }

  private static void require(String name, long bytes) {
    if (bytes < SMALLEST) {
      throw new IllegalArgumentException(
          name + ": the cache budget must be at least " + SMALLEST + " bytes, not " + bytes);
    }
  }
}
