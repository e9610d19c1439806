package dev.stemfleet.dispatcher.bench;

import dev.stemfleet.common.bench.BenchFailure;
import dev.stemfleet.dispatcher.local.LocalRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Looks every quarter of a second how much lies on the disk, and at the end how much memory the
/// worker had at most. Needs a system with `/proc`.
final class PeakWatch implements ColdRun.Watcher {
  private static final long EVERY_MILLIS = 250;

  private volatile long disk;
  private volatile long output;
  private long resident;

  /// All folders together, at their peak.
  long diskBytes() {
    return disk;
  }

  /// The output folder with unfinished work, at its peak.
  long outBytes() {
    return output;
  }

  /// The kernel's high-water mark of the worker's process, native memory included.
  long residentBytes() {
    return resident;
  }

  @Override
  public ColdRun.Watching watch(long workerPid, Path out, Path state) {
    CountDownLatch closing = new CountDownLatch(1);
    Thread looking =
        Thread.ofPlatform()
            .name("stemfleet-bench-disk")
            .daemon()
            .start(
                () -> {
                  while (!over(closing)) {
                    look(out, state);
                  }
                });
    return new ColdRun.Watching() {
      @Override
      public void ended(LocalRun.Outcome outcome) throws IOException {
        look(out, state);
        resident = highWater(workerPid);
      }

      @Override
      public void close() {
        closing.countDown();
        looking.interrupt();
      }
    };
  }

  private synchronized void look(Path out, Path state) {
    if (Files.isDirectory(out)) {
      output = Math.max(output, Folders.bytes(out));
      disk = Math.max(disk, Folders.bytes(out, state));
    }
  }

  private static boolean over(CountDownLatch closing) {
    try {
      return closing.await(EVERY_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  private static long highWater(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
        .findFirst()
        .orElseThrow(() -> new BenchFailure("the worker's peak memory cannot be read"));
  }
}
