package dev.stemfleet.worker.speech;

import java.nio.file.Path;

/// What decodes recordings of voices.
@FunctionalInterface
public interface Recordings {
  /// The rate of what [#samples] gives.
  int RATE_HZ = 44_100;

  /// All of a sound file, mixed to one channel.
  ///
  /// @return 44.1 kHz, ±1
  /// @throws dev.stemfleet.common.failure.JobException SOURCE_MISSING, SOUND_UNREADABLE and others
  float[] samples(Path file);
}
