package dev.stemfleet.worker.place;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Marks of tries that have begun and not ended. A worker that dies leaves its mark behind, so that
/// a job which takes workers down is known for it wherever it is tried next. Thread-safe.
public final class Attempts {
  /// A job with so many marks is not tried again.
  public static final int POISON = 3;

  private static final Pattern UNUSABLE = Pattern.compile("[^A-Za-z0-9-]");

  private final Path folder;

  public Attempts(OutputRoot out) {
    this.folder = out.attempts();
  }

  /// How many tries of a run ended without a word.
  public int unended(String jobId, String run) {
    Path marks = marks(jobId, run);
    try (Stream<Path> files = Files.list(marks)) {
      return Math.toIntExact(files.count());
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw Disk.failure(marks, e);
    }
  }

  /// Marks a try as begun; closing the mark says that it ended in an orderly way.
  public Mark begin(String jobId, String run) {
    Path mark = marks(jobId, run).resolve(UUID.randomUUID().toString());
    Disk.writeWhole(mark, new byte[0]);
    return new Mark(mark);
  }

  /// Forgets all tries of a run: it has its result.
  public void forget(String jobId, String run) {
    Path marks = marks(jobId, run);
    // Nearly always every try has taken its own mark away.
    if (Files.exists(marks, LinkOption.NOFOLLOW_LINKS)) {
      Disk.deleteTree(marks);
    }
  }

  private Path marks(String jobId, String run) {
    return folder.resolve(jobId + "-" + UNUSABLE.matcher(run).replaceAll("_"));
  }

  /// A try that runs. Close it from any thread, once or more.
  public static final class Mark implements AutoCloseable {
    private final Path file;

    private Mark(Path file) {
      this.file = file;
    }

    @Override
    public void close() {
      try {
        Files.deleteIfExists(file);
        Path folder = file.getParent();
        if (folder != null) {
          Files.deleteIfExists(folder);
        }
      } catch (IOException e) {
        // Another try's mark keeps the folder; and a mark that stays only counts against the job.
      }
    }
  }
}
