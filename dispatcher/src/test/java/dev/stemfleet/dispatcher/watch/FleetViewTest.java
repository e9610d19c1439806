package dev.stemfleet.dispatcher.watch;

import static dev.stemfleet.dispatcher.watch.Messages.RUN_2;
import static dev.stemfleet.dispatcher.watch.Messages.at;
import static dev.stemfleet.dispatcher.watch.Messages.cancelled;
import static dev.stemfleet.dispatcher.watch.Messages.done;
import static dev.stemfleet.dispatcher.watch.Messages.failed;
import static dev.stemfleet.dispatcher.watch.Messages.heartbeat;
import static dev.stemfleet.dispatcher.watch.Messages.job;
import static dev.stemfleet.dispatcher.watch.Messages.progressed;
import static dev.stemfleet.dispatcher.watch.Messages.retrying;
import static dev.stemfleet.dispatcher.watch.Messages.started;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.message.Control;
import dev.stemfleet.common.message.Event.WorkerState;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.Schema;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FleetViewTest {
  private final FleetView view = new FleetView();

  @Test
  void aSubmittedJobIsQueuedThenRunningThenDone() {
    Job job = job("main");
    view.apply(job);
    assertThat(counts()).isEqualTo(new Counts(1, 0, 0, 0, 0, 0));

    view.apply(started(job, "w1", 1));
    view.apply(progressed(job, "w1", 3, "separate", 0.5, 0.4));
    assertThat(phase(job))
        .isEqualTo(new Phase.Running("w1", at(1), 1, "separate", 0.5, 0.4, at(3)));
    assertThat(batch(4).overall()).isEqualTo(0.4);

    view.apply(done(job, "w1", 11));
    assertThat(counts()).isEqualTo(new Counts(0, 0, 0, 1, 0, 0));
    assertThat(phase(job))
        .isInstanceOfSatisfying(
            Phase.Done.class, end -> assertThat(end.finish().seconds()).isEqualTo(10.0));
  }

  @Test
  void messagesOfOneRunMayComeInAnyOrder() {
    Job job = job("main");
    view.apply(done(job, "w1", 11));
    view.apply(progressed(job, "w1", 3, "separate", 0.5, 0.4));
    view.apply(started(job, "w1", 1));
    view.apply(job);

    assertThat(counts()).isEqualTo(new Counts(0, 0, 0, 1, 0, 0));
    assertThat(batch(12).jobs().getFirst().info()).isEqualTo(JobInfo.of(job));
  }

  @Test
  void aResultThatIsRepeatedCountsOnce() {
    Job job = job("main");
    Job other = job("drums");
    view.apply(job);
    view.apply(other);
    view.apply(started(job, "w1", 0));
    for (int i = 0; i < 3; i++) {
      view.apply(done(job, "w1", 10));
    }
    view.apply(done(other, "w1", 30));

    assertThat(counts()).isEqualTo(new Counts(0, 0, 0, 2, 0, 0));
  }

  @Test
  void aRedriveMakesAFailedJobWaitAgain() {
    Job job = job("main");
    view.apply(job);
    view.apply(failed(job, "w1", 5));
    assertThat(counts()).isEqualTo(new Counts(0, 0, 0, 0, 1, 0));

    view.apply(job.inRun(RUN_2, at(60)));

    assertThat(counts()).isEqualTo(new Counts(1, 0, 0, 0, 0, 0));
  }

  @Test
  void whatComesLateFromAnOldRunChangesNothing() {
    Job job = job("main");
    Job again = job.inRun(RUN_2, at(60));
    view.apply(again);
    view.apply(done(again, "w2", 70));
    view.apply(failed(job, "w1", 80));
    view.apply(started(job, "w1", 81));
    view.apply(job);

    assertThat(counts()).isEqualTo(new Counts(0, 0, 0, 1, 0, 0));
  }

  @Test
  void aRetriedJobRunsAgainAndSucceeds() {
    Job job = job("main");
    view.apply(job);
    view.apply(started(job, "w1", 0));
    view.apply(retrying(job, "w1", 5, 1));
    assertThat(counts()).isEqualTo(new Counts(0, 0, 1, 0, 0, 0));

    view.apply(progressed(job, "w1", 25, "place", 0, 0.9));
    assertThat(phase(job))
        .isInstanceOfSatisfying(
            Phase.Running.class,
            running -> {
              assertThat(running.attempt()).isEqualTo(2);
              assertThat(running.since()).isEqualTo(at(0));
            });

    view.apply(done(job, "w1", 26));
    assertThat(counts()).isEqualTo(new Counts(0, 0, 0, 1, 0, 0));
  }

  @Test
  void aCancelledJobStaysCancelledButItsSuccessWouldCount() {
    Job job = job("main");
    view.apply(job);
    view.apply(started(job, "w1", 0));
    view.apply(cancelled(job, "w1", 5));
    view.apply(progressed(job, "w1", 6, "separate", 0.5, 0.4));
    assertThat(counts()).isEqualTo(new Counts(0, 0, 0, 0, 0, 1));

    view.apply(done(job, "w1", 6));
    assertThat(counts()).isEqualTo(new Counts(0, 0, 0, 1, 0, 0));
  }

  @Test
  void aFailureDoesNotUndoASuccessOfTheSameRun() {
    Job job = job("main");
    view.apply(done(job, "w2", 10));
    view.apply(failed(job, "w1", 11));

    assertThat(counts()).isEqualTo(new Counts(0, 0, 0, 1, 0, 0));
  }

  @Test
  void aCancelEndsOnlyWhatWaitsAndWasSubmittedBefore() {
    Job waiting = job("main");
    Job running = job("drums");
    Job later = job("tiktok").inRun(RUN_2, at(100));
    view.apply(waiting);
    view.apply(running);
    view.apply(started(running, "w1", 1));
    view.apply(cancel("friday", at(50)));
    view.apply(later);

    assertThat(phase(waiting)).isEqualTo(new Phase.Cancelled(at(50)));
    assertThat(counts()).isEqualTo(new Counts(1, 1, 0, 0, 0, 1));
  }

  @Test
  void aCancelThatIsReadBeforeItsJobCounts() {
    Job job = job("main");
    view.apply(cancel(job.jobId(), at(50)));
    view.apply(job);

    assertThat(counts()).isEqualTo(new Counts(0, 0, 0, 0, 0, 1));
  }

  @Test
  void aWorkerThatLostTheJobIsNotListenedToAnyMore() {
    Job job = job("main");
    view.apply(job);
    view.apply(started(job, "w1", 0));
    view.apply(started(job, "w2", 70));
    view.apply(progressed(job, "w1", 71, "place", 1, 1));

    assertThat(phase(job))
        .isInstanceOfSatisfying(
            Phase.Running.class, running -> assertThat(running.worker()).isEqualTo("w2"));
  }

  @Test
  void whatAWorkerHadWhenItLeftWaitsAgain() {
    Job job = job("main");
    view.apply(job);
    view.apply(started(job, "w1", 0));
    view.apply(heartbeat("w1", 5, WorkerState.STOPPED));

    assertThat(counts()).isEqualTo(new Counts(1, 0, 0, 0, 0, 0));
    assertThat(view.snapshot(at(6)).aliveWorkers()).isEmpty();
  }

  @Test
  void aSilentWorkerIsLostAndAnOlderHeartbeatDoesNotReviveIt() {
    view.apply(heartbeat("w1", 10, WorkerState.IDLE));
    view.apply(heartbeat("w1", 5, WorkerState.STOPPED));

    assertThat(view.snapshot(at(30)).aliveWorkers()).hasSize(1);
    WorkerSeen late = view.snapshot(at(80)).workers().getFirst();
    assertThat(late.lost(at(80))).isTrue();
    assertThat(late.silence(at(80))).isEqualTo(Duration.ofSeconds(70));
  }

  @Test
  void theTimeLeftIsUnknownUntilJobsOfEveryKindWereMeasured() {
    Job main = job("main");
    Job drums = job("drums");
    Job tiktok = job("tiktok");
    view.apply(main);
    view.apply(drums);
    view.apply(tiktok);
    view.apply(started(main, "w1", 0));
    assertThat(batch(1).timeLeft()).isEmpty();

    view.apply(done(main, "w1", 40, 1));
    view.apply(started(drums, "w1", 40));
    assertThat(batch(41).timeLeft()).as("no job that reuses stems has ended").isEmpty();

    view.apply(done(drums, "w1", 44, 0));
    view.apply(started(tiktok, "w1", 44));
    view.apply(progressed(tiktok, "w1", 45, "render", 0.5, 0.25));
    assertThat(batch(45).timeLeft()).contains(Duration.ofSeconds(3));
    assertThat(batch(45).jobTimeLeft()).containsEntry(tiktok.jobId(), Duration.ofSeconds(3));
  }

  @Test
  void theTimeLeftIsSharedByTheWorkersAtWork() {
    Job first = job("friday", "main", "A", "One");
    Job second = job("friday", "main", "A", "Two");
    Job third = job("friday", "main", "A", "Three");
    Job fourth = job("friday", "main", "A", "Four");
    for (Job job : new Job[] {first, second, third, fourth}) {
      view.apply(job);
    }
    view.apply(started(first, "w1", 0));
    view.apply(done(first, "w1", 20, 1));
    view.apply(started(second, "w1", 20));
    view.apply(started(third, "w2", 20));

    assertThat(batch(20).timeLeft()).contains(Duration.ofSeconds(30));
  }

  @Test
  void batchesAreToldApart() {
    view.apply(job("friday", "main", "A", "One"));
    view.apply(job("monday", "main", "A", "One"));

    Fleet fleet = view.snapshot(at(0));
    assertThat(fleet.batches()).extracting(BatchState::name).containsExactly("friday", "monday");
    assertThat(fleet.batch("monday").orElseThrow().counts().total()).isEqualTo(1);
    assertThat(fleet.batch("tuesday")).isEmpty();
  }

  @Test
  void batchesAreShownAsTheyWereSubmittedWhereverTheyWereRead() {
    view.apply(started(job("unknown", "main", "A", "One"), "w1", 0));
    view.apply(job("late", "main", "A", "One").inRun(RUN_2, at(10)));
    view.apply(job("early", "main", "A", "One").inRun(RUN_2, at(5)));

    assertThat(view.snapshot(at(20)).batches())
        .extracting(BatchState::name)
        .containsExactly("early", "late", "unknown");
  }

  private static Control cancel(String target, Instant when) {
    return new Control(Schema.VERSION, Control.Action.CANCEL, target, when);
  }

  private Counts counts() {
    return batch(1000).counts();
  }

  private BatchState batch(double seconds) {
    return view.snapshot(at(seconds)).batch("friday").orElseThrow();
  }

  private Phase phase(Job job) {
    return batch(1000).jobs().stream()
        .filter(state -> state.info().jobId().equals(job.jobId()))
        .findFirst()
        .orElseThrow()
        .phase();
  }
}
