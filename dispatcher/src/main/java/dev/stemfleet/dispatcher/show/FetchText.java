package dev.stemfleet.dispatcher.show;

import java.time.Duration;
import java.util.Optional;

/// A file that is being fetched, in words. Immutable.
///
/// @param name of the file
/// @param before bytes that an earlier try had brought
/// @param bytes that are there now
/// @param total of the whole file, -1 if nobody knows
/// @param spent since the first byte of this try
public record FetchText(String name, long before, long bytes, long total, Duration spent) {
  private static final int BAR_COLUMNS = 24;

  /// For a terminal: `a.onnx ████░░░░ 45 % 140 MB of 316 MB, 12 MB/s, 15 s left`.
  public String bar(Ink ink) {
    return total > 0
        ? "%s %s %s %s, %s, %s left"
            .formatted(
                name,
                ink.bar(fraction(), BAR_COLUMNS),
                Percent.of(fraction()),
                amount(),
                speed(),
                left())
        : "%s %s, %s".formatted(name, amount(), speed());
  }

  /// For logs: `a.onnx: 45 %, 140 MB of 316 MB`.
  public String line() {
    return total > 0
        ? "%s: %s, %s".formatted(name, Percent.of(fraction()), amount())
        : "%s: %s".formatted(name, amount());
  }

  /// How many tenths are there; without a known total, how many hundreds of megabytes.
  public long step() {
    return total > 0 ? (long) Math.floor(fraction() * 10) : bytes / 100_000_000;
  }

  private double fraction() {
    return total <= 0 ? 0 : (double) bytes / total;
  }

  private String amount() {
    return total > 0 ? ByteText.of(bytes) + " of " + ByteText.of(total) : ByteText.of(bytes);
  }

  private double bytesPerSecond() {
    return spent.isZero() ? 0 : (bytes - before) / (spent.toNanos() / 1e9);
  }

  private String speed() {
    return ByteText.of(Math.round(bytesPerSecond())) + "/s";
  }

  private String left() {
    double rate = bytesPerSecond();
    return TimeText.left(
        rate <= 0
            ? Optional.empty()
            : Optional.of(Duration.ofMillis(Math.round((total - bytes) / rate * 1000))));
  }
}
