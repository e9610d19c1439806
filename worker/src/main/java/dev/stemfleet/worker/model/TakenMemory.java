package dev.stemfleet.worker.model;

import dev.stemfleet.common.catalog.CatalogEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What a model takes of its device's memory: as budgets count it, and as it was seen.
///
/// @param estimatedBytes see [ModelBytes]
/// @param measuredBytes by which this process grew; null on a GPU, and where the system does not
///   tell
public record TakenMemory(long estimatedBytes, @Nullable Long measuredBytes) {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";

  /// What this process had before.
  ///
  /// @param bytes null where nobody tells
  record Before(@Nullable Long bytes) {
    static Before loading(Device device) {
      return new Before(
          switch (device) {
            case Device.Cpu() -> residentBytes();
            case Device.Cuda _ -> null;
          });
    }

    TakenMemory taken(CatalogEntry model) {
      Long now = bytes == null ? null : residentBytes();
      return new TakenMemory(
          ModelBytes.of(model), bytes == null || now == null ? null : Math.max(0, now - bytes));
    }
  }

  String text() {
    String estimated = "%d MB as estimated".formatted(megabytes(estimatedBytes));
    return measuredBytes == null
        ? "takes " + estimated + " of memory"
        : "takes %d MB of memory, %s".formatted(megabytes(measuredBytes), estimated);
  }

  private static long megabytes(long bytes) {
    return Math.ceilDiv(bytes, 1_000_000L);
  }

  /// Of this process, from Linux: `VmRSS: 123456 kB`.
  private static @Nullable Long residentBytes() {
    if (!Files.isReadable(STATUS)) {
      return null;
    }
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(RESIDENT))
          .map(line -> line.replaceAll("\\D", ""))
          .map(kibibytes -> Long.parseLong(kibibytes) << 10)
          .findFirst()
          .orElse(null);
    } catch (IOException e) {
      return null;
    }
  }
}
