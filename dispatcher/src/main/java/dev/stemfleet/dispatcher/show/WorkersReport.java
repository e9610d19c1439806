package dev.stemfleet.dispatcher.show;

import dev.stemfleet.common.message.Event.Heartbeat;
import dev.stemfleet.common.message.Event.WorkerState;
import dev.stemfleet.common.message.ModelFacts;
import dev.stemfleet.dispatcher.watch.BatchState;
import dev.stemfleet.dispatcher.watch.Fleet;
import dev.stemfleet.dispatcher.watch.JobState;
import dev.stemfleet.dispatcher.watch.WorkerSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What `workers` tells: each worker of the fleet, and what is wrong with it. Pure.
public record WorkersReport(Fleet fleet) {
  /// A worker as a JSON object.
  ///
  /// @param lost whether it has been silent for too long
  /// @param missingRoots source roots of open jobs that it does not map
  public record Line(
      Heartbeat last, boolean lost, double silentSeconds, List<String> missingRoots) {}

  public List<Line> json() {
    return fleet.workers().stream()
        .map(
            worker ->
                new Line(
                    worker.last(),
                    worker.lost(fleet.at()),
                    worker.silence(fleet.at()).toMillis() / 1000.0,
                    openRoots().keySet().stream()
                        .filter(root -> !worker.last().roots().contains(root))
                        .toList()))
        .toList();
  }

  public List<String> lines() {
    if (fleet.workers().isEmpty()) {
      return List.of("No worker was heard of lately; start one: stemfleet worker");
    }
    TextTable table =
        new TextTable(
            "worker",
            "device",
            "model",
            "resident for",
            "done",
            "failed",
            "state",
            "stage",
            "heard");
    fleet.workers().forEach(worker -> addRow(table, worker));
    List<String> lines = new ArrayList<>(table.lines());
    lines.addAll(warnings());
    return lines;
  }

  private void addRow(TextTable table, WorkerSeen worker) {
    Heartbeat last = worker.last();
    ModelFacts model = last.model();
    table.row(
        worker.id(),
        last.device(),
        model == null ? "none" : model.id(),
        model == null ? "-" : TimeText.of(span(model.residentSince())),
        last.jobsDone(),
        last.jobsFailed(),
        worker.lost(fleet.at()) ? "LOST" : last.state().name().toLowerCase(Locale.ROOT),
        last.stage() == null ? "-" : last.stage(),
        TimeText.of(worker.silence(fleet.at())) + " ago");
  }

  private List<String> warnings() {
    List<String> lines = new ArrayList<>();
    for (WorkerSeen worker : fleet.workers()) {
      if (worker.lost(fleet.at())) {
        lines.add(
            "%s on %s (process %d) has been silent for %s; its jobs go to other workers"
                .formatted(
                    worker.id(),
                    worker.last().host(),
                    worker.last().pid(),
                    TimeText.of(worker.silence(fleet.at()))));
      } else if (worker.last().state() == WorkerState.UNFIT) {
        lines.add(
            "%s on %s takes no more jobs: %s failed several in a row; check it, then start the"
                    .formatted(worker.id(), worker.last().host(), worker.last().device())
                + " worker anew");
      }
    }
    openRoots()
        .forEach(
            (root, jobs) -> {
              List<String> blind =
                  fleet.aliveWorkers().stream()
                      .filter(worker -> !worker.last().roots().contains(root))
                      .map(WorkerSeen::id)
                      .toList();
              if (!blind.isEmpty()) {
                lines.add(
                    "the root %s (%s) is not mapped by %s; start with --root %s=FOLDER"
                        .formatted(
                            root, Plural.of(jobs, "open job"), String.join(", ", blind), root));
              }
            });
    return lines;
  }

  /// Source roots of jobs that have not ended, with the number of those jobs.
  private Map<String, Integer> openRoots() {
    Map<String, Integer> roots = new TreeMap<>();
    for (BatchState batch : fleet.batches()) {
      for (JobState job : batch.jobs()) {
        String root = job.info().root();
        if (!job.ended() && root != null) {
          roots.merge(root, 1, Integer::sum);
        }
      }
    }
    return roots;
  }

  private Duration span(Instant since) {
    return Duration.between(since, fleet.at());
  }
}
