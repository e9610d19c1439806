package dev.stemfleet.dispatcher.watch;

/// A job in its latest run. Immutable.
///
/// @param run UUIDv7: later runs have greater texts
public record JobState(JobInfo info, String run, Phase phase) {
  boolean isBefore(String otherRun) {
    return run.compareTo(otherRun) < 0;
  }

  boolean isAfter(String otherRun) {
    return run.compareTo(otherRun) > 0;
  }

  public boolean ended() {
    return phase instanceof Phase.Ended;
  }
}
