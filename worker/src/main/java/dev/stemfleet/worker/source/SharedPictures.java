package dev.stemfleet.worker.source;

import java.nio.file.Path;
import java.util.Optional;

/// Where submitters put pictures, for messages by its text. Thread-safe.
public interface SharedPictures {
  /// A file that may have these bytes: whoever asks checks.
  ///
  /// @throws dev.stemfleet.common.failure.JobException `SOURCE_UNREACHABLE` if nobody can tell now
  Optional<Path> find(String sha256);
}
