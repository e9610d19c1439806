package dev.stemfleet.dispatcher.local;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.message.Event;
import dev.stemfleet.common.message.ModelFacts;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.dispatcher.plan.Refusal;
import dev.stemfleet.dispatcher.show.Plural;
import dev.stemfleet.dispatcher.show.ProgressView;
import dev.stemfleet.dispatcher.show.TimeText;
import dev.stemfleet.dispatcher.submit.FleetSink;
import dev.stemfleet.dispatcher.submit.Inputs;
import dev.stemfleet.dispatcher.submit.JobFields;
import dev.stemfleet.dispatcher.submit.JobSink;
import dev.stemfleet.dispatcher.submit.PictureStore;
import dev.stemfleet.dispatcher.submit.Submission;
import dev.stemfleet.dispatcher.submit.SubmitProgress;
import dev.stemfleet.dispatcher.submit.SubmitReport;
import dev.stemfleet.dispatcher.watch.BatchState;
import dev.stemfleet.dispatcher.watch.Fleet;
import dev.stemfleet.dispatcher.watch.FleetFeed;
import dev.stemfleet.dispatcher.watch.WorkerSeen;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Submits to a local fleet and waits until every job has ended. For one thread, once; the caller
/// closes the fleet and the view.
public final class LocalRun implements AutoCloseable {
  private final LocalFleet fleet;
  private final ProgressView view;
  private final Clock clock;
  private final Map<String, Result> results = new LinkedHashMap<>();
  private @Nullable FleetFeed feed;
  private boolean workerIsReady;

  /// What became of everything.
  ///
  /// @param submitted one per batch
  /// @param results one per job that ended with one, in the order in which they ended
  /// @param wall from the start to the last result
  public record Outcome(List<SubmitReport> submitted, List<Result> results, Duration wall) {
    public Outcome {
      submitted = List.copyOf(submitted);
      results = List.copyOf(results);
    }

    /// How many were sent.
    public int jobs() {
      return submitted.stream().mapToInt(SubmitReport::jobs).sum();
    }

    public boolean allWell() {
      return submitted.stream().allMatch(report -> report.refusals().isEmpty())
          && results.size() == jobs()
          && results.stream().allMatch(Result::succeeded);
    }
  }

  public LocalRun(LocalFleet fleet, ProgressView view, Clock clock) {
    this.fleet = fleet;
    this.view = view;
    this.clock = clock;
  }

  /// @param batches what was asked for, one after the other
  /// @throws dev.stemfleet.dispatcher.plan.RequestException if what was asked for makes no sense
  /// @throws dev.stemfleet.common.failure.JobException if broker or worker do not do their part
  public Outcome run(List<Inputs> batches, JobFields fields, Supplier<String> runIds) {
    Instant start = clock.instant();
    List<SubmitReport> submitted = new ArrayList<>();
    for (Inputs inputs : batches) {
      Submission submission = new Submission(fleet.settings(), clock, runIds, this::openSink);
      SubmitReport report = submission.submit(inputs, fields, SubmitProgress.NONE);
      tell(report, inputs);
      submitted.add(report);
    }
    FleetFeed following = feed;
    if (following != null) {
      follow(following, submitted);
    }
    fleet.finished();
    return new Outcome(
        submitted, List.copyOf(results.values()), Duration.between(start, clock.instant()));
  }

  private void tell(SubmitReport submitted, Inputs inputs) {
    for (Refusal refusal : submitted.refusals()) {
      view.note("REFUSED    " + refusal.input() + ": " + refusal.reason());
    }
    submitted.warnings().stream()
        // What is said about a track comes again with its first result.
        .filter(
            text -> inputs.tracks().stream().noneMatch(one -> text.startsWith(one.input() + ": ")))
        .forEach(text -> view.note("  warning: " + text));
  }

  @Override
  public void close() {
    if (feed != null) {
      feed.close();
    }
  }

  /// Opened late: whatever is wrong with the request is told without waiting for the broker.
  private JobSink openSink() {
    KafkaClients clients = fleet.awaitBroker();
    if (feed != null) {
      return FleetSink.open(clients, PictureStore.of(fleet.settings()), view::note);
    }
    if (fleet.cancelled() > 0) {
      view.note(Plural.of(fleet.cancelled(), "job") + " of an interrupted local run cancelled");
    }
    feed = FleetFeed.fromNow(clients, this::keep);
    return FleetSink.open(clients, PictureStore.of(fleet.settings()), view::note);
  }

  private void follow(FleetFeed following, List<SubmitReport> submitted) {
    while (!submitted.stream().allMatch(report -> report.jobs() == 0)) {
      poll(following);
      Fleet seen = following.view().snapshot(clock.instant());
      tellReady(seen);
      view.show(seen);
      if (submitted.stream().allMatch(report -> hasEnded(seen, report))) {
        return;
      }
      fleet.requireAlive();
      requireFit(seen);
    }
  }

  private static boolean hasEnded(Fleet seen, SubmitReport submitted) {
    Optional<BatchState> batch = seen.batch(submitted.batch());
    return submitted.jobs() == 0
        || (batch.isPresent() && batch.get().counts().ended() >= submitted.jobs());
  }

  /// It would stay without doing anything.
  private static void requireFit(Fleet seen) {
    for (WorkerSeen worker : seen.aliveWorkers()) {
      if (worker.last().state() == Event.WorkerState.UNFIT) {
        throw new JobException(
            FailureCode.DEVICE_FAILED,
            worker.last().device() + " failed several jobs in a row; look at the worker's log");
      }
    }
  }

  private void tellReady(Fleet seen) {
    for (WorkerSeen worker : workerIsReady ? List.<WorkerSeen>of() : seen.aliveWorkers()) {
      ModelFacts model = worker.last().model();
      if (model != null && worker.last().state() != Event.WorkerState.STARTING) {
        workerIsReady = true;
        view.note(
            "the worker is ready: model %s on %s, loaded in %s"
                .formatted(model.id(), model.device(), TimeText.ofSeconds(model.loadSeconds())));
      }
    }
  }

  private void poll(FleetFeed following) {
    long until = System.nanoTime() + view.interval().toNanos();
    for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
      following.poll(Duration.ofNanos(left));
    }
  }

  /// A job's answer may come twice; a success is not undone by a failure.
  private void keep(Result result) {
    Result before = results.get(result.jobId());
    if (before == null || (!before.succeeded() && result.succeeded())) {
      results.put(result.jobId(), result);
    }
  }
}
