package dev.stemfleet.worker.job;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Where the stems of a job come from: music is separated, a script is spoken. Used by the device
/// thread.
///
/// @param speech null where there are no scripts
public record StemSources(ResidentSeparation separation, @Nullable ResidentSpeech speech) {
  /// Of music alone.
  public static StemSources ofMusic(ResidentSeparation separation) {
    return new StemSources(separation, null);
  }

  /// The stems that a job wants; the caller closes them.
  ///
  /// @param source the track's file
  StemAudio stems(JobContext context, Path source) {
    if (context.job().track().speech() == null) {
      return separation.stems(context, source);
    }
    return Objects.requireNonNull(speech, "nothing speaks here").stems(context, source);
  }
}
