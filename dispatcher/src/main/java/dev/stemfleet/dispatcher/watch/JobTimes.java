package dev.stemfleet.dispatcher.watch;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How long the jobs of one batch took, and so how long another will take. Not thread-safe.
///
/// Jobs that separate a track and jobs that find its stems differ by orders of magnitude, so both
/// are measured apart. Where the tracks' lengths are known, times scale with them.
final class JobTimes {
  private final Mean separating = new Mean();
  private final Mean reusing = new Mean();

  void add(boolean separated, @Nullable Double trackSeconds, double wallSeconds) {
    (separated ? separating : reusing).add(trackSeconds, wallSeconds);
  }

  /// Seconds that a whole job takes, or empty when none of its kind was measured.
  Optional<Duration> of(boolean separates, @Nullable Double trackSeconds) {
    return (separates ? separating : reusing).of(trackSeconds);
  }

  private static final class Mean {
    private int jobs;
    private int jobsOfKnownLength;
    private double wallSeconds;
    private double trackSeconds;

    void add(@Nullable Double track, double wall) {
      jobs++;
      wallSeconds += wall;
      if (track != null && track > 0) {
        jobsOfKnownLength++;
        trackSeconds += track;
      }
    }

    Optional<Duration> of(@Nullable Double track) {
      if (jobs == 0) {
        return Optional.empty();
      }
      double seconds =
          track != null && jobsOfKnownLength == jobs
              ? wallSeconds / trackSeconds * track
              : wallSeconds / jobs;
      return Optional.of(Duration.ofMillis(Math.round(seconds * 1000)));
    }
  }
}
