package dev.stemfleet.worker.place;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// What was spoken of scripts that are not done, below the output root: so that whichever worker
/// has a script next goes on where the last one was when it died. Thread-safe.
///
/// A script's folder holds a file per take, and one mark per worker that is at it. It goes with the
/// script's end, unless another worker is at it as well; what nobody touched for a day goes too,
/// and before that the oldest if all together are larger than they may be. All times are those of
/// the file system.
public final class Takes {
  private static final Duration AT_WORK = Duration.ofMinutes(10);
  private static final Duration STALE_AFTER = Duration.ofDays(1);
  private static final long MOST_BYTES = 16L << 30;
  private static final String MARK = ".mark";
  private static final String DONE = "done";

  private final Path all;

  public Takes(OutputRoot out) {
    this.all = out.takes();
  }

  /// Opens the folder of a script; makes room for it first.
  ///
  /// @param key letters and digits
  public Folder open(String key) {
    Folder folder = new Folder(all.resolve(key));
    folder.touch();
    removeOld(folder);
    return folder;
  }

  /// A script is done: nobody needs its takes any more, but for workers that are at it as well.
  public void finished(String key) {
    try (Folder folder = new Folder(all.resolve(key))) {
      folder.done();
    }
  }

  private void removeOld(Folder opened) {
    try {
      Instant now = seen(opened.mark);
      List<Aged> others =
          subfolders(all).stream()
              .filter(path -> !path.equals(opened.path))
              .map(Takes::aged)
              .sorted(Comparator.comparing(Aged::touched))
              .toList();
      long bytes = others.stream().mapToLong(Aged::bytes).sum();
      for (Aged other : others) {
        Duration age = Duration.between(other.touched(), now);
        boolean unneeded = Files.exists(other.path().resolve(DONE)) || bytes > MOST_BYTES;
        if (age.compareTo(unneeded ? AT_WORK : STALE_AFTER) > 0) {
          Disk.deleteTree(other.path());
          bytes -= other.bytes();
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // Another worker tidies up at this moment; what is left has time until the next script.
    }
  }

  private record Aged(Path path, Instant touched, long bytes) {}

  private static Aged aged(Path folder) {
    Instant touched = Instant.EPOCH;
    long bytes = 0;
    for (Path file : files(folder)) {
      try {
        BasicFileAttributes about = Files.readAttributes(file, BasicFileAttributes.class);
        Instant at = about.lastModifiedTime().toInstant();
        touched = at.isAfter(touched) ? at : touched;
        bytes += about.size();
      } catch (IOException e) {
        // Gone meanwhile.
      }
    }
    return new Aged(folder, touched, bytes);
  }

  private static List<Path> subfolders(Path folder) {
    return files(folder).stream().filter(Files::isDirectory).toList();
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static Instant seen(Path file) throws IOException {
    return Files.getLastModifiedTime(file).toInstant();
  }

  /// The folder of one script, while one worker is at it. One thread; the caller closes.
  public static final class Folder implements AutoCloseable {
    private final Path path;
    private final Path mark;

    private Folder(Path path) {
      this.path = path;
      this.mark = path.resolve(UUID.randomUUID() + MARK);
    }

    /// What was written under a name, unless it is gone.
    public Optional<byte[]> read(String name) {
      try {
        return Optional.of(Files.readAllBytes(path.resolve(name)));
      } catch (NoSuchFileException e) {
        return Optional.empty();
      } catch (IOException e) {
        throw Disk.failure(path.resolve(name), e);
      }
    }

    /// Writes all of it or nothing.
    public void write(String name, byte[] bytes) {
      Disk.writeWhole(path.resolve(name), bytes);
      touch();
    }

    /// The script is done: nobody needs its takes any more, but for workers that are at it as well.
    void done() {
      if (othersAtWork()) {
        Disk.writeWhole(path.resolve(DONE), new byte[0]);
      } else {
        Disk.deleteTree(path);
      }
    }

    /// Leaves the takes to whoever goes on.
    @Override
    public void close() {
      Disk.deleteTree(mark);
    }

    private boolean othersAtWork() {
      try {
        touch();
        Instant oldest = seen(mark).minus(AT_WORK);
        for (Path file : files(path)) {
          boolean marks = String.valueOf(file.getFileName()).endsWith(MARK);
          if (marks && !file.equals(mark) && seen(file).isAfter(oldest)) {
            return true;
          }
        }
        return false;
      } catch (IOException e) {
        return true;
      }
    }

    private void touch() {
      Disk.writeWhole(mark, new byte[0]);
    }
  }
}
