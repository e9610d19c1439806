package dev.stemfleet.common.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where figures were taken.
///
/// @param cores that this process may use
/// @param loadBefore load average of the last minute when the bench began; negative if unknown.
///   Well above 0 means that others were at work and the figures are worth little
public record Machine(String processor, int cores, String system, String java, double loadBefore) {
  /// This machine, now.
  public static Machine here() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    return new Machine(
        processorName(),
        Runtime.getRuntime().availableProcessors(),
        system.getName() + " " + system.getArch(),
        Runtime.version().toString(),
        system.getSystemLoadAverage());
  }

  private static String processorName() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
