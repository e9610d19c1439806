package dev.stemfleet.worker.source;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.s3.Bucket;
import dev.stemfleet.common.s3.StoreFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;

/// Pictures in an object store beside the outputs, kept on this machine once they were needed.
/// Thread-safe.
public final class StoreAssets implements SharedPictures {
  /// More than any picture is read of.
  private static final long MOST_BYTES = 256L << 20;

  private final Bucket bucket;
  private final Path kept;

  /// @param bucket the output root
  /// @param kept a folder of this worker's own
  public StoreAssets(Bucket bucket, Path kept) {
    this.bucket = bucket;
    this.kept = kept;
  }

  @Override
  public Optional<Path> find(String sha256) {
    Path file = kept.resolve(sha256);
    return Files.isRegularFile(file) ? Optional.of(file) : fetched(sha256, file);
  }

  private Optional<Path> fetched(String sha256, Path file) {
    Path temporary = kept.resolve(sha256 + "." + UUID.randomUUID() + ".tmp");
    try {
      Files.createDirectories(kept);
      bucket.download(key(sha256), temporary, MOST_BYTES, received -> {});
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      return Optional.of(file);
    } catch (StoreFailure e) {
      if (e.kind() == StoreFailure.Kind.MISSING) {
        return Optional.empty();
      }
      throw new JobException(FailureCode.SOURCE_UNREACHABLE, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new JobException(
          FailureCode.OUTPUT_UNWRITABLE, "cannot write " + file + ": " + e.getMessage(), e);
    } finally {
      var _ = temporary.toFile().delete();
    }
  }

  private static String key(String sha256) {
    return ".stemfleet/assets/" + sha256;
  }

  @Override
  public String toString() {
    return bucket.name(".stemfleet/assets/");
  }
}
