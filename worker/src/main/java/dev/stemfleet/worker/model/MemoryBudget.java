package dev.stemfleet.worker.model;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How much of a device's memory resident models may take together.
///
/// @param bytes as [ModelBytes] counts them
public record MemoryBudget(long bytes) {
  /// Models stay until the device itself has no room.
  public static final MemoryBudget NONE = new MemoryBudget(Long.MAX_VALUE);

  private static final Pattern TEXT = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?) ?([KMGT]I?B)");
  private static final Map<String, Long> UNITS =
      Map.of(
          "KB",
          1_000L,
          "MB",
          1_000_000L,
          "GB",
          1_000_000_000L,
          "TB",
          1_000_000_000_000L,
          "KIB",
          1L << 10,
          "MIB",
          1L << 20,
          "GIB",
          1L << 30,
          "TIB",
          1L << 40);

  public MemoryBudget {
    if (bytes < 1) {
      throw new IllegalArgumentException("model-memory: must be more than nothing");
    }
  }

  /// `8GB`, `512 MB`, `1.5GiB`: with the unit, in powers of ten or of two.
  ///
  /// @throws IllegalArgumentException if the text is something else
  public static MemoryBudget parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip().toUpperCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "model-memory: must be a number with its unit, as 8GB or 512MiB, is " + text);
    }
    long unit = Objects.requireNonNull(UNITS.get(matcher.group(2)));
    return new MemoryBudget((long) (Double.parseDouble(matcher.group(1)) * unit));
  }

  /// Whether there is one.
  boolean limited() {
    return bytes != Long.MAX_VALUE;
  }
}
