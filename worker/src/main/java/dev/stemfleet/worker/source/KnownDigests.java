package dev.stemfleet.worker.source;

import dev.stemfleet.common.domain.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Digests of files that this worker has read. A file is read again when it is another one under
/// its name, or has another size or time of change. Thread-safe.
final class KnownDigests {
  private static final int KEPT = 10_000;

  private final Map<Path, Seen> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Seen> eldest) {
          return size() > KEPT;
        }
      };

  /// What the file system said of a file before it was read.
  ///
  /// @param file tells it from another one of that name; null where file systems do not
  private record State(long bytes, FileTime modified, @Nullable Object file) {
    static State of(Path path) throws IOException {
      BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
      return new State(now.size(), now.lastModifiedTime(), now.fileKey());
    }
  }

  private record Seen(State state, String sha256) {}

  /// Whether a file has these bytes.
  ///
  /// @throws IOException if there is no such file, or it cannot be read
  boolean matches(Path file, String sha256) throws IOException {
    State now = State.of(file);
    Seen seen = seen(file);
    if (seen == null || !seen.state().equals(now)) {
      seen = new Seen(now, Sha256.ofFile(file));
      keep(file, seen);
    }
    return Objects.equals(seen.sha256(), sha256);
  }

  private synchronized @Nullable Seen seen(Path file) {
    return known.get(file);
  }

  private synchronized void keep(Path file, Seen seen) {
    known.put(file, seen);
  }
}
