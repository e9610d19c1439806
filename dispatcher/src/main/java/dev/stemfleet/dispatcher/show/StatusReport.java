package dev.stemfleet.dispatcher.show;

import dev.stemfleet.common.kafka.QueueUse;
import dev.stemfleet.common.message.Failure;
import dev.stemfleet.dispatcher.watch.BatchState;
import dev.stemfleet.dispatcher.watch.Counts;
import dev.stemfleet.dispatcher.watch.Finish;
import dev.stemfleet.dispatcher.watch.Fleet;
import dev.stemfleet.dispatcher.watch.JobState;
import dev.stemfleet.dispatcher.watch.Phase;
import dev.stemfleet.dispatcher.watch.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// What `status` tells: batches, what runs, what failed and what to do, the queue. Pure.
///
/// @param batches those that were asked for
/// @param queue empty when nobody has taken any job yet
public record StatusReport(Fleet fleet, List<BatchState> batches, Optional<QueueUse> queue) {
  /// The report as one JSON object.
  ///
  /// @param workers that are alive
  public record Json(List<Batch> batches, @Nullable QueueUse queue, int workers) {}

  /// One batch of the JSON object.
  ///
  /// @param units takes of scripts; absent where no worker told of any
  /// @param secondsLeft absent when unknown
  public record Batch(
      String name,
      Counts counts,
      @Nullable Units units,
      @Nullable Double secondsLeft,
      List<JobLine> jobs) {}

  public Json json() {
    List<Batch> lines =
        batches.stream()
            .map(
                batch ->
                    new Batch(
                        batch.name(),
                        batch.counts(),
                        batch.units().orElse(null),
                        batch.timeLeft().map(span -> span.toMillis() / 1000.0).orElse(null),
                        batch.jobs().stream().map(JobLine::of).toList()))
            .toList();
    return new Json(lines, queue.orElse(null), fleet.aliveWorkers().size());
  }

  public List<String> lines() {
    if (batches.isEmpty()) {
      return List.of("Nothing was submitted yet.");
    }
    List<String> lines = new ArrayList<>(batchTable().lines());
    add(lines, "At work:", running());
    add(lines, "Failed:", failed());
    lines.add("");
    lines.add(queueLine());
    return lines;
  }

  private TextTable batchTable() {
    boolean counted = batches.stream().anyMatch(batch -> batch.units().isPresent());
    List<String> columns =
        new ArrayList<>(
            List.of(
                "batch", "jobs", "queued", "running", "retrying", "done", "failed", "cancelled"));
    columns.addAll(counted ? List.of("units", "left") : List.of("left"));
    TextTable table = new TextTable(columns.toArray(String[]::new));
    for (BatchState batch : batches) {
      Counts counts = batch.counts();
      List<Object> row =
          new ArrayList<>(
              List.of(
                  batch.name(),
                  counts.total(),
                  counts.queued(),
                  counts.running(),
                  counts.retrying(),
                  counts.done(),
                  counts.failed(),
                  counts.cancelled()));
      if (counted) {
        row.add(batch.units().map(Units::toString).orElse("-"));
      }
      row.add(counts.allEnded() ? "-" : TimeText.left(batch.timeLeft()));
      table.row(row.toArray());
    }
    return table;
  }

  private TextTable running() {
    TextTable table = new TextTable("batch", "channel", "track", "worker", "stage", "job", "since");
    eachJob(
        (batch, job) -> {
          switch (job.phase()) {
            case Phase.Running running ->
                table.row(
                    batch.name(),
                    job.info().channel(),
                    job.info().name(),
                    running.worker() + (isLost(running.worker()) ? " (LOST)" : ""),
                    stage(job, running),
                    Percent.of(running.overall()),
                    TimeText.of(Duration.between(running.since(), fleet.at())));
            case Phase.Retrying retrying ->
                table.row(
                    batch.name(),
                    job.info().channel(),
                    job.info().name(),
                    retrying.worker(),
                    "retry after: " + retrying.failure().cause(),
                    "-",
                    TimeText.of(Duration.between(retrying.since(), fleet.at())));
            case Phase.Queued() -> {}
            case Phase.Ended ended -> {}
          }
        });
    return table;
  }

  /// Takes are counted while they are spoken.
  private static String stage(JobState job, Phase.Running running) {
    Units units = job.info().units();
    boolean speaks = units != null && running.stage().equals("speak");
    return running.stage() + " " + (speaks ? units : Percent.of(running.fraction()));
  }

  private boolean isLost(String workerId) {
    return fleet.workers().stream()
        .anyMatch(worker -> worker.id().equals(workerId) && worker.lost(fleet.at()));
  }

  private TextTable failed() {
    TextTable table =
        new TextTable(
            "batch", "channel", "track", "stage", "code", "worker", "attempt", "why", "what to do");
    eachJob(
        (batch, job) -> {
          if (job.phase() instanceof Phase.Failed(Finish finish, Failure failure)) {
            table.row(
                batch.name(),
                job.info().channel(),
                job.info().name(),
                failure.stage(),
                ResultText.word(failure.code()),
                finish.worker(),
                finish.attempt(),
                failure.cause(),
                failure.advice());
          }
        });
    return table;
  }

  private String queueLine() {
    String workers = Plural.of(fleet.aliveWorkers().size(), "worker") + " alive";
    return queue
        .map(
            use -> workers + "; " + Plural.of(use.waiting(), "job") + " in the queue" + window(use))
        .orElse(workers + "; nobody has taken any job yet");
  }

  /// A consumer group has no such thing.
  private String window(QueueUse use) {
    return switch (use.mode()) {
      case SHARE ->
          "; lock window %d of %d%s"
              .formatted(
                  Math.min(use.span(), use.window()),
                  use.window(),
                  use.nearlyFull() ? " (nearly full: " + oldest() + ")" : "");
      case GROUP -> " (mode group)";
    };
  }

  private String oldest() {
    return fleet
        .firstBegun()
        .map(job -> "held by job " + job.info().jobId() + ", " + News.name(job))
        .orElse("held by a job that no worker tells about");
  }

  private void eachJob(BiConsumer<BatchState, JobState> action) {
    batches.forEach(batch -> batch.jobs().forEach(job -> action.accept(batch, job)));
  }

  private static void add(List<String> lines, String title, TextTable table) {
    if (!table.isEmpty()) {
      lines.add("");
      lines.add(title);
      table.lines().forEach(line -> lines.add("  " + line));
    }
  }
}
