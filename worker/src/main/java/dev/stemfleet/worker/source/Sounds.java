package dev.stemfleet.worker.source;

import dev.stemfleet.common.domain.Progress;
import dev.stemfleet.common.domain.Source;
import dev.stemfleet.common.domain.Track;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.s3.StoreSources;
import dev.stemfleet.common.web.WebDownload;
import dev.stemfleet.common.web.WebGuard;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/// Finds a track's sound: below one of this worker's roots, or by download, from the web or from
/// the fleet's object store. A file that stays as it is was read once for all jobs of its track.
/// Thread-safe.
public final class Sounds {
  private final Map<String, Path> roots;
  private final KnownDigests digests = new KnownDigests();
  private final WebDownload web;
  private final StoreSources store;

  /// @param roots the folder that this worker has for each root's name
  /// @param web fetches what lies on the web
  /// @param store fetches what lies in the object store
  public Sounds(Map<String, Path> roots, WebDownload web, StoreSources store) {
    this.roots = new TreeMap<>(roots);
    this.web = web;
    this.store = store;
  }

  /// Without an object store.
  public Sounds(Map<String, Path> roots, WebDownload web) {
    this(roots, web, StoreSources.NONE);
  }

  /// A local file with exactly the bytes that were submitted.
  ///
  /// @param downloads where a sound from elsewhere is put; the caller removes it
  /// @param progress of a download
  /// @throws JobException if it is not there, is something else, or may not be read
  public Path locate(Track track, Path downloads, Progress progress) {
    Path file =
        switch (track.source()) {
          case Source.InRoot below -> inRoot(below);
          case Source.OnWeb(URI uri) ->
              downloaded(
                  track,
                  uri,
                  (to, told) -> web.fetch(uri, to, track.bytes(), told),
                  downloads,
                  progress);
          case Source.InBucket object ->
              downloaded(
                  track,
                  object.uri(),
                  (to, told) -> store.fetch(object, to, track.bytes(), told),
                  downloads,
                  progress);
        };
    requireSame(track, file);
    return file;
  }

  private Path inRoot(Source.InRoot source) {
    Path root = roots.get(source.root());
    if (root == null) {
      throw new JobException(
          FailureCode.SOURCE_FORBIDDEN,
          "this worker maps no root '" + source.root() + "' (it has " + roots.keySet() + ")");
    }
    Path file = root.resolve(source.path());
    try {
      Path real = file.toRealPath();
      if (!real.startsWith(root.toRealPath())) {
        throw new JobException(
            FailureCode.SOURCE_FORBIDDEN, file + " leads out of the root '" + source.root() + "'");
      }
      return real;
    } catch (NoSuchFileException e) {
      throw new JobException(FailureCode.SOURCE_MISSING, "there is no file " + file, e);
    } catch (IOException e) {
      throw new JobException(FailureCode.SOURCE_UNREACHABLE, "cannot read " + file, e);
    }
  }

  /// Fetches no byte more than was submitted.
  @FunctionalInterface
  private interface Fetch {
    void into(Path file, LongConsumer received);
  }

  private static Path downloaded(
      Track track, URI uri, Fetch fetch, Path downloads, Progress progress) {
    Path file = downloads.resolve("source");
    try {
      fetch.into(file, bytes -> progress.at((double) bytes / track.bytes()));
    } catch (JobException e) {
      if (e.code() != FailureCode.SOURCE_TOO_LARGE) {
        throw e;
      }
      throw new JobException(
          FailureCode.SOURCE_CHANGED,
          WebGuard.shown(uri) + " is larger than the file that was submitted",
          e);
    }
    return file;
  }

  private void requireSame(Track track, Path file) {
    try {
      if (Files.size(file) != track.bytes() || !digests.matches(file, track.sha256())) {
        throw new JobException(
            FailureCode.SOURCE_CHANGED,
            file + " is not the file that was submitted (sha256 " + track.sha256() + ")");
      }
    } catch (IOException e) {
      throw new JobException(FailureCode.SOURCE_UNREACHABLE, "cannot read " + file, e);
    }
  }
}
