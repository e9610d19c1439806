package dev.stemfleet.worker.clip;

import java.util.Locale;

/// The five caches of this room.
public enum ClipKind {
  BACKGROUND,
  THUMBNAIL,
  WATERMARK,
  ICON,
  /// Background and thumbnail drawn together; composed, not loaded from a file.
  BASE;

  /// Its name in statistics and results.
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
