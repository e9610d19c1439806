package dev.stemfleet.dispatcher.watch;

import java.util.Collection;

/// How many jobs are in which phase. Immutable.
public record Counts(int queued, int running, int retrying, int done, int failed, int cancelled) {
  public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

  static Counts of(Collection<JobState> jobs) {
    Counts counts = NONE;
    for (JobState job : jobs) {
      counts = counts.plus(job.phase());
    }
    return counts;
  }

  public int total() {
    return queued + running + retrying + ended();
  }

  public int ended() {
    return done + failed + cancelled;
  }

  public boolean allEnded() {
    return ended() == total();
  }

  public Counts plus(Counts other) {
    return new Counts(
        queued + other.queued,
        running + other.running,
        retrying + other.retrying,
        done + other.done,
        failed + other.failed,
        cancelled + other.cancelled);
  }

  private Counts plus(Phase phase) {
    return switch (phase) {
      case Phase.Queued() -> new Counts(queued + 1, running, retrying, done, failed, cancelled);
      case Phase.Running r -> new Counts(queued, running + 1, retrying, done, failed, cancelled);
      case Phase.Retrying r -> new Counts(queued, running, retrying + 1, done, failed, cancelled);
      case Phase.Done d -> new Counts(queued, running, retrying, done + 1, failed, cancelled);
      case Phase.Failed f -> new Counts(queued, running, retrying, done, failed + 1, cancelled);
      case Phase.Cancelled c -> new Counts(queued, running, retrying, done, failed, cancelled + 1);
    };
  }
}
