package dev.stemfleet.worker.place;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// This worker's folder for unfinished work, with the lease file that says it lives. Thread-safe.
///
/// Folders of workers whose lease file was not touched for ten minutes are removed; those of live
/// workers never are.
public final class WorkFolders implements AutoCloseable {
  /// How often the lease file is to be touched.
  public static final Duration TOUCH_EVERY = Duration.ofSeconds(10);

  private static final Duration STALE_AFTER = Duration.ofMinutes(10);
  private static final String LEASE = "lease";

  private final Path own;
  private final Clock clock;

  private WorkFolders(Path own, Clock clock) {
    this.own = own;
    this.clock = clock;
  }

  /// Opens this worker's folder and removes what dead workers left.
  public static WorkFolders open(OutputRoot out, String workerId, Clock clock) {
    // Two processes with one worker id must not share a folder.
    Path own = out.work().resolve(workerId + "-" + ProcessHandle.current().pid());
    Disk.deleteTree(own);
    Disk.createFolders(own);
    WorkFolders folders = new WorkFolders(own, clock);
    folders.touch();
    folders.removeStale(out.work());
    return folders;
  }

  /// This worker's own folder.
  public Path path() {
    return own;
  }

  /// Says that this worker lives.
  public void touch() {
    Path lease = own.resolve(LEASE);
    try {
      if (!Files.exists(lease)) {
        Files.createDirectories(own);
        Files.writeString(lease, "");
      }
      Files.setLastModifiedTime(lease, FileTime.from(clock.instant()));
    } catch (IOException e) {
      throw Disk.failure(lease, e);
    }
  }

  /// A new empty folder for one job.
  public WorkFolder forJob(String jobId) {
    Path folder = own.resolve(jobId + "-" + UUID.randomUUID().toString().substring(0, 8));
    Disk.createFolders(folder);
    return new WorkFolder(folder);
  }

  @Override
  public void close() {
    Disk.deleteTree(own);
  }

  private void removeStale(Path all) {
    Instant oldest = clock.instant().minus(STALE_AFTER);
    for (Path folder : listed(all)) {
      if (!folder.equals(own) && lastSeen(folder).isBefore(oldest)) {
        Disk.deleteTree(folder);
      }
    }
  }

  private static List<Path> listed(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    } catch (IOException e) {
      throw Disk.failure(folder, e);
    }
  }

  private static Instant lastSeen(Path folder) {
    try {
      Path lease = folder.resolve(LEASE);
      Path seen = Files.exists(lease) ? lease : folder;
      return Files.getLastModifiedTime(seen).toInstant();
    } catch (IOException e) {
      return Instant.MAX;
    }
  }
}
