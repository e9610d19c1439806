package dev.stemfleet.common.s3;

import dev.stemfleet.common.config.S3Settings;
import dev.stemfleet.common.domain.BucketPlace;
import dev.stemfleet.common.domain.Source;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Tracks in the object store: only of the store that the settings name, and only at the places
/// from which tracks may be read, whatever a job says. Thread-safe; nothing is connected before
/// somebody asks. The caller closes.
public final class StoreSources implements AutoCloseable {
  /// Of a fleet without an object store.
  public static final StoreSources NONE = new StoreSources(S3Settings.NONE);

  private final S3Settings settings;
  private final StoreLimits limits;
  private @Nullable ObjectStore store;

  public StoreSources(S3Settings settings) {
    this(settings, StoreLimits.USUAL);
  }

  public StoreSources(S3Settings settings, StoreLimits limits) {
    this.settings = settings;
    this.limits = limits;
  }

  /// Fetches a whole object.
  ///
  /// @param file that is written; may be left half-written when this throws
  /// @param mostBytes it may have
  /// @param received is told how many bytes are there; what it throws ends the download
  /// @throws JobException SOURCE_FORBIDDEN, SOURCE_MISSING, SOURCE_TOO_LARGE or SOURCE_UNREACHABLE,
  ///   and DISK_FULL or OUTPUT_UNWRITABLE with the file's path
  public void fetch(Source.InBucket source, Path file, long mostBytes, LongConsumer received) {
    requireAllowed(source.bucket(), source.key());
    try {
      bucket(source.bucket()).download(source.key(), file, mostBytes, received);
    } catch (StoreFailure e) {
      throw failure(e);
    } catch (IOException e) {
      String reason = String.valueOf(e.getMessage());
      boolean full = reason.contains("No space left") || reason.contains("quota");
      throw new JobException(
          full ? FailureCode.DISK_FULL : FailureCode.OUTPUT_UNWRITABLE,
          "cannot write " + file + ": " + reason,
          e);
    }
  }

  /// All objects of a folder and of the folders in it, in the order of their keys. Keys that no
  /// source can have are passed over: they name folders.
  ///
  /// @param folder empty for a whole bucket, else with a slash at its end
  /// @throws JobException as [#fetch]
  public List<Source.InBucket> below(String bucket, String folder) {
    requireAllowed(bucket, folder);
    try {
      return bucket(bucket).list(folder).stream()
          .map(Stored::key)
          .filter(StoreSources::isSource)
          .map(key -> new Source.InBucket(bucket, key))
          .toList();
    } catch (StoreFailure e) {
      throw failure(e);
    }
  }

  @Override
  public synchronized void close() {
    if (store != null) {
      store.close();
      store = null;
    }
  }

  private static boolean isSource(String key) {
    try {
      new Source.InBucket("any", key);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private synchronized Bucket bucket(String name) {
    ObjectStore opened = store == null ? ObjectStore.open(settings, limits) : store;
    store = opened;
    return opened.at(new BucketPlace(name, ""));
  }

  private void requireAllowed(String bucket, String key) {
    if (!settings.isSource(bucket, key)) {
      throw new JobException(
          FailureCode.SOURCE_FORBIDDEN,
          "s3://%s/%s lies where no tracks may be read; where that is wanted, name it in the settings: s3: {sources: [s3://%s]}"
              .formatted(bucket, key, bucket));
    }
  }

  private static JobException failure(StoreFailure e) {
    FailureCode code =
        switch (e.kind()) {
          case MISSING -> FailureCode.SOURCE_MISSING;
          case FORBIDDEN -> FailureCode.SOURCE_FORBIDDEN;
          case TOO_LARGE -> FailureCode.SOURCE_TOO_LARGE;
          case FULL, UNREACHABLE -> FailureCode.SOURCE_UNREACHABLE;
        };
    return new JobException(code, String.valueOf(e.getMessage()), e);
  }
}
