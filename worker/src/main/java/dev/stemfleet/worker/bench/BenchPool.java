package dev.stemfleet.worker.bench;

import java.lang.management.ManagementFactory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Threads as the worker has them, and what they cost.
final class BenchPool {
  private BenchPool() {}

  static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  /// One thread per core; the caller closes it.
  static ExecutorService open() {
    return Executors.newFixedThreadPool(
        cores(), Thread.ofPlatform().name("bench-encode-", 1).daemon().factory());
  }

  /// Seconds that this process's threads have worked, all together.
  static double cpuSeconds() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime() / 1e9
        : Double.NaN;
  }
}
