package dev.stemfleet.dispatcher.show;

import java.util.Locale;

/// Numbers of bytes as people read them, in powers of ten.
public final class ByteText {
  private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};

  private ByteText() {}

  /// `512 B`, `1.5 MB`, `23 GB`.
  public static String of(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = -1;
    while (value >= 999.5) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, value < 9.95 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
  }
}
