package dev.stemfleet.worker.speech;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What is done to sound in another room than this one. Thread-safe.
public interface SoundTools {
  /// The rate of what [#samples] gives.
  int RATE_HZ = 44_100;

  /// All of a sound file, mixed to one channel.
  ///
  /// @return 44.1 kHz, ±1
  /// @throws dev.stemfleet.common.failure.JobException SOURCE_MISSING, SOUND_UNREADABLE and others
  float[] samples(Path file);

  /// Sound at another rate: for n samples there are round(n · to / from), the first on the first.
  float[] resampled(float[] mono, int fromHz, int toHz);

  /// Integrated loudness of one channel by ITU-R BS.1770; null if it is gated to nothing.
  @Nullable Double lufs(float[] mono, int rateHz);
}
