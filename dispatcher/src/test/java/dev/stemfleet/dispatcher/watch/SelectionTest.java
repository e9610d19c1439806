package dev.stemfleet.dispatcher.watch;

import static dev.stemfleet.dispatcher.watch.Messages.done;
import static dev.stemfleet.dispatcher.watch.Messages.failed;
import static dev.stemfleet.dispatcher.watch.Messages.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.message.Job;
import dev.stemfleet.dispatcher.plan.ModeChoice;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SelectionTest {
  private static final String RUN = "01990000-0000-7000-8000-00000000beef";
  private static final Instant NOW = Instant.parse("2026-05-02T12:00:00Z");

  private final Job main = job("main");
  private final Job drums = job("drums");
  private final Job other = job("monday", "main", "Other", "Song");
  private final Job later = job("monday", "main", "Later", "Song").inRun(after(), NOW);

  @Test
  void allThatHasEndedIsSentAgainInARunOfItsOwn() {
    Selection selection = select("all", false);

    assertThat(selection.jobs())
        .containsExactly(main.inRun(RUN, NOW), drums.inRun(RUN, NOW), later.inRun(RUN, NOW));
    assertThat(selection.onTheirWay()).isEqualTo(1);
    assertThat(selection.known()).isEqualTo(4);
  }

  @Test
  void onlyWhatFailedOrWasSentLastIsTaken() {
    assertThat(select("failed", false).jobs()).containsExactly(drums.inRun(RUN, NOW));
    assertThat(select("monday:latest", false).jobs()).containsExactly(later.inRun(RUN, NOW));
    assertThat(select("monday:latest", false).batches()).isEqualTo(1);
  }

  @Test
  void theWishForNewOutputsIsOnTheRequest() {
    assertThat(select("friday:all-new,latest", false).jobs())
        .extracting(Job::wantedAnew)
        .containsExactly(true, true, false);
    assertThat(select("failed", true).jobs()).allMatch(Job::wantedAnew);
  }

  @Test
  void whatIsSubmittedAsNewIsABatchOfItsOwn() {
    Selection selection = select("friday:new", false);

    assertThat(selection.jobs())
        .hasSize(2)
        .allSatisfy(job -> assertThat(job.batch()).isEqualTo("friday-beef"))
        .allSatisfy(job -> assertThat(job.directory()).startsWith("friday-beef/"));
    assertThat(selection.jobs().getFirst().jobId()).isNotEqualTo(main.jobId());
  }

  private Selection select(String mode, boolean rerender) {
    FleetView view = new FleetView();
    List<Job> jobs = List.of(main, drums, other, later);
    jobs.forEach(view::apply);
    view.apply(done(main, "w1", 5));
    view.apply(failed(drums, "w1", 6));
    view.apply(done(later, "w1", 7));
    Map<String, JobState> states = new HashMap<>();
    view.snapshot(NOW).batches().stream()
        .flatMap(batch -> batch.jobs().stream())
        .forEach(state -> states.put(state.info().jobId(), state));
    return Selection.of(
        jobs, states, new Selection.Request(ModeChoice.parse(mode), RUN, NOW, rerender));
  }

  private static String after() {
    return "01980000-0000-7000-8000-0000000000ff";
  }
}
