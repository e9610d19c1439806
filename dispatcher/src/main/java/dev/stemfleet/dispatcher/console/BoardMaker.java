package dev.stemfleet.dispatcher.console;

import dev.stemfleet.common.message.Event.Heartbeat;
import dev.stemfleet.common.message.Event.WorkerState;
import dev.stemfleet.dispatcher.show.JobLine;
import dev.stemfleet.dispatcher.show.WorkersReport;
import dev.stemfleet.dispatcher.watch.BatchState;
import dev.stemfleet.dispatcher.watch.Counts;
import dev.stemfleet.dispatcher.watch.Fleet;
import dev.stemfleet.dispatcher.watch.Phase;
import dev.stemfleet.dispatcher.watch.Units;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes the board of a fleet. Pure.
///
/// Whatever the fleet remembers, a board stays small: the newest batches, the workers, what runs;
/// of jobs only pages are sent, when somebody looks at them.
final class BoardMaker {
  static final int MOST_BATCHES = 60;
  static final int MOST_WORKERS = 200;
  private static final Map<String, Duration> WINDOWS = windows();

  private BoardMaker() {}

  /// What the whole fleet comes to.
  ///
  /// @param batches how many there are; not all are shown
  /// @param workers how many are alive
  record Totals(
      Counts counts,
      int batches,
      int workers,
      long unreadable,
      boolean reading,
      @Nullable String trouble) {}

  /// @param units takes of scripts; absent where no worker told of any
  /// @param secondsLeft absent when unknown
  /// @param submittedAt of its first job, absent when unknown
  record Batch(
      String name,
      Counts counts,
      double overall,
      @Nullable Units units,
      @Nullable Double secondsLeft,
      @Nullable Instant submittedAt) {}

  /// @param job that it works on, as far as the fleet knows of it
  record Worker(Heartbeat last, boolean lost, List<String> missingRoots, @Nullable JobLine job) {}

  static Board of(Fleet fleet, QueueAsker.Answer queue, FleetReader.State state) {
    Map<String, String> pieces = new LinkedHashMap<>();
    pieces.put("totals", Pieces.json(totals(fleet, state)));
    pieces.put("queue", Pieces.json(QueuePiece.of(queue, fleet)));
    newest(fleet).forEach(batch -> pieces.put("batch/" + batch.name(), Pieces.json(batch(batch))));
    addWorkers(fleet, pieces);
    WINDOWS.forEach(
        (name, window) -> pieces.put("timeline/" + name, Pieces.json(Timeline.of(fleet, window))));
    return new Board(fleet.at(), pieces);
  }

  private static Map<String, Duration> windows() {
    Map<String, Duration> windows = new LinkedHashMap<>();
    windows.put("15m", Duration.ofMinutes(15));
    windows.put("1h", Duration.ofHours(1));
    windows.put("6h", Duration.ofHours(6));
    windows.put("24h", Duration.ofHours(24));
    return windows;
  }

  private static Totals totals(Fleet fleet, FleetReader.State state) {
    Counts all = new Counts(0, 0, 0, 0, 0, 0);
    for (BatchState batch : fleet.batches()) {
      all = all.plus(batch.counts());
    }
    return new Totals(
        all,
        fleet.batches().size(),
        fleet.aliveWorkers().size(),
        state.unreadable(),
        state.reading(),
        state.trouble());
  }

  /// Those with open jobs first, each kind the newest first.
  private static List<BatchState> newest(Fleet fleet) {
    List<BatchState> batches = new ArrayList<>(fleet.batches().reversed());
    batches.sort(Comparator.comparing(batch -> batch.counts().allEnded()));
    return batches.subList(0, Math.min(MOST_BATCHES, batches.size()));
  }

  private static Batch batch(BatchState batch) {
    return new Batch(
        batch.name(),
        batch.counts(),
        Math.round(batch.overall() * 1000) / 1000.0,
        batch.units().orElse(null),
        batch.timeLeft().map(left -> (double) left.toSeconds()).orElse(null),
        batch.submittedAt().orElse(null));
  }

  /// Those that are alive first.
  private static void addWorkers(Fleet fleet, Map<String, String> pieces) {
    Map<String, JobLine> jobs = atWork(fleet);
    new WorkersReport(fleet)
        .json().stream()
            .sorted(Comparator.comparing(BoardMaker::away))
            .limit(MOST_WORKERS)
            .forEach(
                line ->
                    pieces.put(
                        "worker/" + line.last().worker(),
                        Pieces.json(
                            new Worker(
                                line.last(),
                                line.lost(),
                                line.missingRoots(),
                                jobs.get(line.last().worker())))));
  }

  private static boolean away(WorkersReport.Line line) {
    return line.lost() || line.last().state() == WorkerState.STOPPED;
  }

  /// What each worker has in its hands; the youngest of several.
  private static Map<String, JobLine> atWork(Fleet fleet) {
    Map<String, JobLine> jobs = new LinkedHashMap<>();
    for (BatchState batch : fleet.batches()) {
      if (!batch.counts().allEnded()) {
        batch.jobs().stream()
            .filter(job -> job.phase() instanceof Phase.Begun)
            .map(JobLine::of)
            .filter(line -> line.worker() != null)
            .forEach(line -> jobs.merge(String.valueOf(line.worker()), line, BoardMaker::younger));
      }
    }
    return jobs;
  }

  private static JobLine younger(JobLine a, JobLine b) {
    Instant first = Optional.ofNullable(a.since()).orElse(Instant.EPOCH);
    Instant second = Optional.ofNullable(b.since()).orElse(Instant.EPOCH);
    return second.isBefore(first) ? a : b;
  }
}
