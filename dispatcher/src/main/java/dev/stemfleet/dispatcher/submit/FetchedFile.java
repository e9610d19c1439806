package dev.stemfleet.dispatcher.submit;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file fetched from elsewhere into a temporary one, to be looked at once. The caller closes,
/// which deletes it.
///
/// @param path the temporary file
record FetchedFile(Path path) implements AutoCloseable {
  /// Hours of sound without compression.
  private static final long MOST_BYTES = 4L << 30;

  /// Downloads the whole file.
  ///
  /// @throws JobException as [Downloads#fetch]
  static FetchedFile fetch(TrackEntry.Elsewhere place, Downloads downloads) {
    Path path = temporary();
    try {
      downloads.fetch(place, path, MOST_BYTES);
      return new FetchedFile(path);
    } catch (RuntimeException e) {
      delete(path);
      throw e;
    }
  }

  @Override
  public void close() {
    delete(path);
  }

  private static Path temporary() {
    try {
      return Files.createTempFile("stemfleet-", ".download");
    } catch (IOException e) {
      throw new JobException(
          FailureCode.OUTPUT_UNWRITABLE, "temporary folder: cannot be written: " + e.getMessage());
    }
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      path.toFile().deleteOnExit();
    }
  }
}
