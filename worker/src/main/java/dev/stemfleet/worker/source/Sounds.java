package dev.stemfleet.worker.source;

import dev.stemfleet.common.domain.Source;
import dev.stemfleet.common.domain.Track;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/// Finds a track's sound: below one of this worker's roots, or by download. A file that stays as it
/// is was read once for all jobs of its track. Thread-safe.
public final class Sounds implements AutoCloseable {
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(15);
  private static final Duration ANSWER_WITHIN = Duration.ofMinutes(15);

  private final Map<String, Path> roots;
  private final KnownDigests digests = new KnownDigests();
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT_WITHIN)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  /// @param roots the folder that this worker has for each root's name
  public Sounds(Map<String, Path> roots) {
    this.roots = new TreeMap<>(roots);
  }

  /// A local file with exactly the bytes that were submitted.
  ///
  /// @param downloads where a sound from the web is put; the caller removes it
  /// @throws JobException if it is not there, is something else, or may not be read
  public Path locate(Track track, Path downloads) {
    Path file =
        switch (track.source()) {
          case Source.InRoot below -> inRoot(below);
          case Source.OnWeb web -> downloaded(web.uri(), downloads);
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

  private Path downloaded(URI uri, Path downloads) {
    Path file = downloads.resolve("source");
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(ANSWER_WITHIN).build();
    try {
      HttpResponse<Path> response = http.send(request, HttpResponse.BodyHandlers.ofFile(file));
      int status = response.statusCode();
      if (status != 200) {
        throw new JobException(
            status >= 500 || status == 429
                ? FailureCode.SOURCE_UNREACHABLE
                : FailureCode.SOURCE_MISSING,
            uri + " answered " + status);
      }
      return file;
    } catch (IOException e) {
      throw new JobException(
          FailureCode.SOURCE_UNREACHABLE, "cannot fetch " + uri + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JobException(FailureCode.SOURCE_UNREACHABLE, "interrupted fetching " + uri, e);
    }
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

  @Override
  public void close() {
    http.close();
  }
}
