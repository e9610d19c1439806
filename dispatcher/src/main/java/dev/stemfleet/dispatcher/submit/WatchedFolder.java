package dev.stemfleet.dispatcher.submit;

import dev.stemfleet.dispatcher.plan.RequestException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A folder into which people put tracks: which of its sound files are whole and new.
///
/// A file is whole once its size and its time of change have stayed the same for a while; it is new
/// until it was dealt with as it is now, so one that changes is new again. The folder is looked
/// through each time, because file systems of other machines tell nobody of changes. For one
/// thread; the caller closes the ledger.
public final class WatchedFolder {
  private final Path folder;
  private final SubmittedFiles submitted;
  private final Duration settle;
  private final InstantSource clock;
  private Map<Path, Sighting> seen = new HashMap<>();

  /// @param settle how long a file must stay the same
  public WatchedFolder(
      Path folder, SubmittedFiles submitted, Duration settle, InstantSource clock) {
    this.folder = folder;
    this.submitted = submitted;
    this.settle = settle;
    this.clock = clock;
  }

  /// A file as it is since a moment.
  private record Sighting(FileStamp stamp, Instant since) {}

  /// Looks through the folder once.
  ///
  /// @return whole files that were not dealt with, sorted by path
  /// @throws RequestException if the folder is not there or cannot be listed
  public List<Path> ready() {
    if (!Files.isDirectory(folder)) {
      throw new RequestException(folder + ": is not there");
    }
    Instant now = clock.instant();
    Map<Path, Sighting> present = new HashMap<>();
    List<Path> ready = new ArrayList<>();
    for (Map.Entry<Path, BasicFileAttributes> file : AudioFiles.seen(folder).entrySet()) {
      FileStamp stamp = FileStamp.of(file.getValue());
      if (submitted.contains(folder.relativize(file.getKey()), stamp)) {
        continue;
      }
      Sighting before = seen.get(file.getKey());
      Sighting sighting =
          before != null && before.stamp().equals(stamp) ? before : new Sighting(stamp, now);
      present.put(file.getKey(), sighting);
      if (!now.isBefore(sighting.since().plus(settle))) {
        ready.add(file.getKey());
      }
    }
    seen = present;
    return ready;
  }

  /// Keeps that these were dealt with, as they were when they became ready.
  ///
  /// @throws java.io.UncheckedIOException if that cannot be written
  public void done(Collection<Path> files) {
    Map<Path, FileStamp> stamps = new HashMap<>();
    for (Path file : files) {
      Sighting sighting = Objects.requireNonNull(seen.get(file), "was not ready");
      stamps.put(folder.relativize(file), sighting.stamp());
    }
    submitted.add(stamps);
  }
}
