package dev.stemfleet.common.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a job made, and what is told beside its files. What nobody knows is null.
///
/// @param directory of the files, relative to the output root
public record Outputs(
    @Nullable String directory,
    List<OutputFile> files,
    @Nullable CacheCounts caches,
    @Nullable ModelFacts model,
    @Nullable LoudnessFacts loudness,
    @Nullable String videoEncoder) {
  /// Of a job that failed.
  static final Outputs NONE = new Outputs(null, List.of(), null, null, null, null);

  /// Those of an earlier result, for which nothing was loaded this time.
  static Outputs again(Result first) {
    return new Outputs(
        first.directory(),
        first.files(),
        CacheCounts.NONE,
        first.model(),
        first.loudness(),
        first.videoEncoder());
  }
}
