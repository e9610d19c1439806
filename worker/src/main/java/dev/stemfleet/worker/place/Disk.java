package dev.stemfleet.worker.place;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writing to the output root, with failures told apart. Thread-safe.
public final class Disk {
  private Disk() {}

  /// What a failed write means, with the path in its message.
  public static JobException failure(Path path, IOException e) {
    String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    boolean full = reason.contains("No space left") || reason.contains("Disk quota exceeded");
    return full
        ? new JobException(FailureCode.DISK_FULL, "no space left for " + path, e)
        : new JobException(
            FailureCode.OUTPUT_UNWRITABLE,
            "cannot write " + path + " (" + e.getClass().getSimpleName() + ": " + reason + ")",
            e);
  }

  /// What a failed write means that came from somewhere below a folder; the file is named where the
  /// system says which it was.
  public static JobException failure(Path folder, UncheckedIOException e) {
    IOException cause = Objects.requireNonNull(e.getCause(), "made of one");
    String file = cause instanceof FileSystemException known ? known.getFile() : null;
    return failure(file == null ? folder : Path.of(file), cause);
  }

  static void createFolders(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw failure(folder, e);
    }
  }

  /// Writes a small file so that readers see all of it or none.
  static void writeWhole(Path file, byte[] bytes) {
    Path parent = file.toAbsolutePath().getParent();
    Path temporary = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.write(temporary, bytes);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      deleteTree(temporary);
      throw failure(file, e);
    }
  }

  /// Removes a file or a folder with everything in it. What cannot be removed stays.
  static void deleteTree(Path tree) {
    try {
      Files.walkFileTree(
          tree,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
                throws IOException {
              Files.deleteIfExists(folder);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      // Left for the next clean-up: removing is never what a job is about.
    }
  }

  /// Moves a folder in one step.
  ///
  /// @return false if something is at the target already, or the folder is gone
  static boolean moveFolder(Path from, Path to) {
    Path parent = to.getParent();
    if (parent != null) {
      // A file where a folder of the target's path should be is no rival that was quicker.
      createFolders(parent);
    }
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (FileAlreadyExistsException
        | NoSuchFileException
        | java.nio.file.DirectoryNotEmptyException e) {
      return false;
    } catch (IOException e) {
      // rename(2) onto a folder that is not empty has no exception of its own on every system.
      if (Files.exists(to)) {
        return false;
      }
      throw failure(to, e);
    }
  }
}
