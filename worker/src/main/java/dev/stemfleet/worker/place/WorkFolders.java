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
/// Folders of workers whose lease file was not touched for ten minutes are removed; those of live
/// workers never are. All times are those of the file system, so that a worker whose clock is wrong
/// does not remove what others work on.
public final class WorkFolders implements AutoCloseable {
  /// How often the lease file is to be touched.
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

  /// This worker's own folder.
  public Path path() {
    return own;
  }

  /// Says that this worker lives.
  public synchronized void touch() {
    Path lease = own.resolve(LEASE);
    try {
      Files.createDirectories(own);
      // Made anew: so the file system says when, and an empty file needs no room on a full disk.
      Files.deleteIfExists(lease);
      Files.createFile(lease);
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
    try {
      Instant oldest = lastSeen(own).minus(STALE_AFTER);
      for (Path folder : listed(all)) {
        if (!folder.equals(own) && isStale(folder, oldest)) {
          Disk.deleteTree(folder);
        }
      }
    } catch (IOException e) {
      throw Disk.failure(own, e);
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

  private static boolean isStale(Path folder, Instant oldest) {
    try {
      return lastSeen(folder).isBefore(oldest);
    } catch (IOException e) {
      // Another worker removes it at this moment.
      return false;
    }
  }

  private static Instant lastSeen(Path folder) throws IOException {
    Path lease = folder.resolve(LEASE);
    Path seen = Files.exists(lease) ? lease : folder;
    return Files.getLastModifiedTime(seen).toInstant();
  }
}
