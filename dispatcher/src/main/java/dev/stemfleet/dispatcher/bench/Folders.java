package dev.stemfleet.dispatcher.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/// What lies in folders that others write to at the same time.
final class Folders {
  private Folders() {}

  /// Bytes of all files; files with several names count once.
  static long bytes(Path... folders) {
    Map<Object, Long> sizes = new HashMap<>();
    for (Path folder : folders) {
      try (Stream<Path> all = Files.walk(folder)) {
        all.forEach(path -> add(path, sizes));
      } catch (IOException | UncheckedIOException e) {
        // Something went while it was looked at; the next look counts.
      }
    }
    return sizes.values().stream().mapToLong(Long::longValue).sum();
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private static void add(Path path, Map<Object, Long> sizes) {
    try {
      if (Files.isRegularFile(path)) {
        Object inode =
            Files.readAttributes(path, java.nio.file.attribute.BasicFileAttributes.class).fileKey();
        sizes.put(inode == null ? path : inode, Files.size(path));
      }
    } catch (NoSuchFileException e) {
      // Gone meanwhile.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
