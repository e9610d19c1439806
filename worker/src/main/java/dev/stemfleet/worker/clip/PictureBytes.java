package dev.stemfleet.worker.clip;

import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Reads the bytes of picture files and lets only the right ones through.
final class PictureBytes {
  static final long LARGEST_FILE = 256L << 20;

  private PictureBytes() {}

  /// @param file should hold the picture
  /// @throws JobException `ASSET_MISSING` if the file is gone or has other bytes,
  ///   `SOURCE_UNREACHABLE` if it cannot be read now
  /// @throws UnreadablePictureException if it is too large to be looked at
  static byte[] read(AssetRef picture, Path file) {
    byte[] bytes;
    try {
      long size = Files.size(file);
      if (size > LARGEST_FILE) {
        throw new UnreadablePictureException(
            "%s has %d MB; at most %d are read"
                .formatted(picture.name(), size >> 20, LARGEST_FILE >> 20));
      }
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new JobException(FailureCode.ASSET_MISSING, picture.name() + ": no file " + file, e);
    } catch (IOException e) {
      throw new JobException(
          FailureCode.SOURCE_UNREACHABLE, picture.name() + ": cannot read " + file, e);
    }
    if (!Sha256.of(bytes).equals(picture.sha256())) {
      throw new JobException(
          FailureCode.ASSET_MISSING,
          picture.name() + ": " + file + " has other bytes than the picture that was submitted");
    }
    return bytes;
  }
}
