package dev.stemfleet.worker.speech;

import java.util.Optional;

/// Where the takes of one script are kept, so that whoever goes on with it finds them. Several
/// workers may use the same one at once; a name always means the same content.
public interface TakeStore {
  /// What was written under a name, unless it is gone.
  Optional<byte[]> read(String name);

  /// Writes all of it or nothing.
  ///
  /// @throws dev.stemfleet.common.failure.JobException DISK_FULL or OUTPUT_UNWRITABLE
  void write(String name, byte[] bytes);
}
