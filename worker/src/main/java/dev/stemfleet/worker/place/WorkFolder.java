package dev.stemfleet.worker.place;

import java.nio.file.Path;

/// A folder of one job's own, on the output root's file system. Gone when it is closed, unless it
/// was moved into place. Not thread-safe but for writing different files in it.
public final class WorkFolder implements AutoCloseable {
  private final Path path;

  WorkFolder(Path path) {
    this.path = path;
  }

  public Path path() {
    return path;
  }

  /// A folder inside this one, made anew.
  public Path folder(String name) {
    Path folder = path.resolve(name);
    Disk.createFolders(folder);
    return folder;
  }

  @Override
  public void close() {
    Disk.deleteTree(path);
  }
}
