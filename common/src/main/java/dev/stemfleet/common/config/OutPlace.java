package dev.stemfleet.common.config;

import dev.stemfleet.common.domain.BucketPlace;
import dev.stemfleet.common.domain.FileNames;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where a fleet's outputs go: a folder that all share, or a place in an object store.
public sealed interface OutPlace {
  /// @param path absolute
  record Folder(Path path) implements OutPlace {
    @Override
    public String toString() {
      return path.toString();
    }
  }

  /// Written `s3://<bucket>/<prefix>`.
  record Bucket(BucketPlace place) implements OutPlace {
    /// Leaves room for the names of outputs: keys have at most 1024.
    private static final int MOST_BYTES = 200;

    public Bucket {
      if (FileNames.bytes(place.prefix()) > MOST_BYTES) {
        throw new IllegalArgumentException(
            "out: the prefix must have at most " + MOST_BYTES + " bytes");
      }
    }

    @Override
    public String toString() {
      return place.toString();
    }
  }

  /// Reads a flag; null says nothing.
  ///
  /// @param folder that a relative path is relative to
  /// @throws ConfigException if it can be neither
  static @Nullable OutPlace flag(Path folder, @Nullable String text) {
    try {
      return text == null ? null : parse(folder, text);
    } catch (IllegalArgumentException e) {
      throw new ConfigException("--out", String.valueOf(e.getMessage()));
    }
  }

  /// Reads what people write.
  ///
  /// @param folder that a relative path is relative to
  /// @throws IllegalArgumentException if it can be neither
  static OutPlace parse(Path folder, String text) {
    return BucketPlace.isMeant(text)
        ? new Bucket(BucketPlace.parse(text))
        : new Folder(UserPath.of(folder, text));
  }
}
