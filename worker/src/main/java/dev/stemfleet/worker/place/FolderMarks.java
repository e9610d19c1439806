package dev.stemfleet.worker.place;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/// Marks as empty files.
record FolderMarks(Path folder) implements AttemptMarks {
  @Override
  public List<String> names(String run) {
    Path marks = folder.resolve(run);
    String[] names = marks.toFile().list();
    if (names == null) {
      requireNone(marks);
      return List.of();
    }
    return List.of(names);
  }

  @Override
  public void put(String run, String name) {
    Disk.writeWhole(folder.resolve(run).resolve(name), new byte[0]);
  }

  @Override
  public void remove(String run, String name) {
    try {
      Files.deleteIfExists(folder.resolve(run).resolve(name));
      Files.deleteIfExists(folder.resolve(run));
    } catch (IOException e) {
      // Another try's mark keeps the folder.
    }
  }

  @Override
  public void removeAll(String run) {
    Path marks = folder.resolve(run);
    // Nearly always every try has taken its own mark away.
    if (Files.exists(marks, LinkOption.NOFOLLOW_LINKS)) {
      Disk.deleteTree(marks);
    }
  }

  private static void requireNone(Path marks) {
    try {
      if (Files.readAttributes(marks, BasicFileAttributes.class).isDirectory()) {
        throw Disk.failure(marks, new IOException("cannot be listed"));
      }
    } catch (NoSuchFileException e) {
      // As expected.
    } catch (IOException e) {
      throw Disk.failure(marks, e);
    }
  }
}
