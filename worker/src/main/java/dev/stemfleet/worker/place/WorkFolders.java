package dev.stemfleet.worker.place;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// This worker's folder for unfinished work, with the lease file that says it lives. Thread-safe.
///
/// Folders of workers whose lease file was not written for ten minutes are removed; those of live
/// workers never are. Times are the file system's: the clocks of two machines that share it may
/// differ.
public final class WorkFolders implements AutoCloseable {
  /// How often the lease file is to be written.
  public static final Duration TOUCH_EVERY = Duration.ofSeconds(10);

  private static final Duration STALE_AFTER = Duration.ofMinutes(10);
  private static final String LEASE = "lease";

  private final Path own;

  private WorkFolders(Path own) {
    this.own = own;
  }

  /// Opens this worker's folder and removes what dead workers left.
  public static WorkFolders open(OutputRoot out, String workerId) {
    // Two processes with one worker id must not share a folder; in containers they may have one
    // process id, too.
    WorkFolders folders = new WorkFolders(out.work().resolve(workerId + "-" + random()));
    folders.touch();
    folders.removeStale(out.work());
    return folders;
  }

  /// Says that this worker lives.
  public void touch() {
    Path lease = own.resolve(LEASE);
    try {
      Files.createDirectories(own);
      // Written, because then the file system dates it.
      Files.writeString(lease, Instant.now().toString());
    } catch (IOException e) {
      throw Disk.failure(lease, e);
    }
  }

  /// A new empty folder for one job.
  public WorkFolder forJob(String jobId) {
    Path folder = own.resolve(jobId + "-" + random());
    Disk.createFolders(folder);
    return new WorkFolder(folder);
  }

  @Override
  public void close() {
    Disk.deleteTree(own);
  }

  private void removeStale(Path all) {
    Instant oldest = lastSeen(own).minus(STALE_AFTER);
    for (Path folder : listed(all)) {
      if (!folder.equals(own) && lastSeen(folder).isBefore(oldest)) {
        Disk.deleteTree(folder);
      }
    }
  }

  private static String random() {
    return UUID.randomUUID().toString().substring(0, 8);
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
