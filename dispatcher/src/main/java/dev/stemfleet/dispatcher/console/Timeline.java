package dev.stemfleet.dispatcher.console;

import dev.stemfleet.dispatcher.watch.BatchState;
import dev.stemfleet.dispatcher.watch.Fleet;
import dev.stemfleet.dispatcher.watch.JobState;
import dev.stemfleet.dispatcher.watch.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How many jobs ended and how many were open, over the time until now: read from when the jobs of
/// the fleet's memory were submitted and ended, each in its latest run. Immutable.
///
/// @param from where the first stretch begins
/// @param stepSeconds length of a stretch; they begin at multiples of it
/// @param done jobs that ended well in each stretch
/// @param failed jobs that were given up in each
/// @param open jobs that had not ended at the end of each: the depth of the queue with what runs
record Timeline(
    Instant from, long stepSeconds, List<Integer> done, List<Integer> failed, List<Integer> open) {
  static final int STEPS = 60;

  /// @param window whole minutes; the last stretch is the one that is not over
  static Timeline of(Fleet fleet, Duration window) {
    long step = Math.max(1, window.toSeconds() / STEPS);
    long last = Math.floorDiv(fleet.at().getEpochSecond(), step);
    Counter counter = new Counter(last - STEPS + 1, step);
    for (BatchState batch : fleet.batches()) {
      batch.jobs().forEach(counter::add);
    }
    return new Timeline(
        Instant.ofEpochSecond((last - STEPS + 1) * step),
        step,
        list(counter.done),
        list(counter.failed),
        counter.open());
  }

  private static List<Integer> list(int[] counts) {
    return Arrays.stream(counts).boxed().toList();
  }

  private static final class Counter {
    private final long first;
    private final long step;
    private final int[] done = new int[STEPS];
    private final int[] failed = new int[STEPS];
    private final int[] change = new int[STEPS];

    Counter(long first, long step) {
      this.first = first;
      this.step = step;
    }

    void add(JobState job) {
      Instant ended =
          switch (job.phase()) {
            case Phase.Done(var finish) -> count(done, finish.at());
            case Phase.Failed(var finish, var failure) -> count(failed, finish.at());
            case Phase.Cancelled(Instant at) -> at;
            case Phase.Queued() -> null;
            case Phase.Running running -> null;
            case Phase.Retrying retrying -> null;
          };
      opened(job.info().submittedAt(), ended);
    }

    private Instant count(int[] counts, Instant at) {
      int stretch = stretch(at);
      if (stretch >= 0 && stretch < STEPS) {
        counts[stretch]++;
      }
      return at;
    }

    private void opened(@Nullable Instant submitted, @Nullable Instant ended) {
      int from = submitted == null ? 0 : Math.max(0, stretch(submitted));
      int to = ended == null ? STEPS : Math.min(STEPS, stretch(ended));
      if (from < to) {
        change[from]++;
        if (to < STEPS) {
          change[to]--;
        }
      }
    }

    private int stretch(Instant at) {
      long stretch = Math.floorDiv(at.getEpochSecond(), step) - first;
      return Math.clamp(stretch, -1, STEPS);
    }

    List<Integer> open() {
      int[] open = change.clone();
      Arrays.parallelPrefix(open, Integer::sum);
      return list(open);
    }
  }
}
