package dev.stemfleet.dispatcher.submit;

import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.dispatcher.plan.Refusal;
import dev.stemfleet.dispatcher.plan.TrackRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/// Looks at many tracks on a few threads: files lie on shares that answer slowly. Keeps their
/// order.
///
/// @param found tracks that can be sent
/// @param refusals the others
record ParallelLook(List<TrackRequest> found, List<Refusal> refusals) {
  private static final int THREADS = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4);

  /// How many covers may be in memory at once.
  private static final int AHEAD = 4 * THREADS;

  /// @param reader looks at one
  static ParallelLook at(
      List<TrackEntry> entries,
      Function<TrackEntry, TrackRequest> reader,
      SubmitProgress progress) {
    List<TrackRequest> found = new ArrayList<>();
    List<Refusal> refusals = new ArrayList<>();
    Deque<Future<Outcome>> pending = new ArrayDeque<>();
    int done = 0;
    // Platform threads: FFmpeg must not run on virtual ones.
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (TrackEntry entry : entries) {
        pending.add(threads.submit(() -> look(reader, entry)));
        if (pending.size() >= AHEAD) {
          sort(pending.remove(), found, refusals);
          progress.looked(++done, entries.size());
        }
      }
      for (Future<Outcome> outcome : pending) {
        sort(outcome, found, refusals);
        progress.looked(++done, entries.size());
      }
    }
    return new ParallelLook(List.copyOf(found), List.copyOf(refusals));
  }

  private sealed interface Outcome {}

  private record Found(TrackRequest track) implements Outcome {}

  private record Refused(Refusal refusal) implements Outcome {}

  private static Outcome look(Function<TrackEntry, TrackRequest> reader, TrackEntry entry) {
    try {
      return new Found(reader.apply(entry));
    } catch (JobException e) {
      return switch (e.code()) {
        // The fault of the place that all tracks go to, not of this track.
        case OUTPUT_UNWRITABLE, DISK_FULL -> throw e;
        default -> new Refused(new Refusal(entry.input(), String.valueOf(e.getMessage())));
      };
    }
  }

  private static void sort(
      Future<Outcome> outcome, List<TrackRequest> found, List<Refusal> refusals) {
    try {
      switch (outcome.get()) {
        case Found ok -> found.add(ok.track());
        case Refused no -> refusals.add(no.refusal());
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException own) {
        throw own;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
