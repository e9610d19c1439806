package dev.stemfleet.dispatcher.show;

import static dev.stemfleet.dispatcher.watch.Messages.at;
import static dev.stemfleet.dispatcher.watch.Messages.done;
import static dev.stemfleet.dispatcher.watch.Messages.failed;
import static dev.stemfleet.dispatcher.watch.Messages.heartbeat;
import static dev.stemfleet.dispatcher.watch.Messages.job;
import static dev.stemfleet.dispatcher.watch.Messages.started;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.domain.QueueMode;
import dev.stemfleet.common.domain.Source;
import dev.stemfleet.common.domain.Track;
import dev.stemfleet.common.kafka.QueueUse;
import dev.stemfleet.common.message.Event.WorkerState;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.dispatcher.plan.NamePattern;
import dev.stemfleet.dispatcher.watch.Fleet;
import dev.stemfleet.dispatcher.watch.FleetView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportsTest {
  private final FleetView view = new FleetView();

  @Test
  void aLocalRunEndsWithFilesCachesTimesAndFailures() {
    RunReport report =
        new RunReport(
            List.of(done(job("main"), "w1", 5), failed(job("drums"), "w1", 6)),
            "/out",
            Duration.ofMillis(12_300));

    assertThat(String.join("\n", report.lines()))
        .isEqualTo(
            """
            2 videos in /out
              main: friday/main/
                stem      length      size    file
                acapella  4 min 00 s  1.0 MB  A Title Acapella.mp4
                drums     4 min 00 s  1.0 MB  A Title Drums.mp4
            FAILED  drums  An Artist - A Title  in resolve: songs/one.wav is not below the root music; Check the worker's roots and that the file is still there.

            Pictures: 8 loads (1 background, 1 thumbnail, 1 watermark, 5 icon), 2 hits
            Stems: 1 separation, 5 encodes of sound

            Time of each stage, all jobs together:
              stage      seconds
              separate    16.000
              render       4.000

            2 jobs in 12 s from start to end""");
  }

  @Test
  void aRootThatAWorkerDoesNotMapIsTold() {
    view.apply(inRoot(job("main"), "scripts"));
    view.apply(heartbeat("w1", 0, WorkerState.IDLE));

    assertThat(new WorkersReport(view.snapshot(at(1))).lines().getLast())
        .isEqualTo(
            "the root scripts (1 open job) is not mapped by w1; start with --root scripts=FOLDER");
    assertThat(new WorkersReport(view.snapshot(at(1))).json().getFirst().missingRoots())
        .containsExactly("scripts");

    view.apply(done(job("main"), "w1", 5));
    assertThat(new WorkersReport(view.snapshot(at(6))).lines()).hasSize(2);
  }

  @Test
  void aNearlyFullWindowNamesTheJobThatHoldsIt() {
    Job job = job("main");
    view.apply(job);
    view.apply(started(job, "w1", 0));
    Fleet fleet = view.snapshot(at(1));
    QueueUse full = new QueueUse(QueueMode.SHARE, 120, 4100, 4000);

    assertThat(new StatusReport(fleet, fleet.batches(), Optional.of(full)).lines().getLast())
        .isEqualTo(
            "0 workers alive; 120 jobs in the queue; lock window 4000 of 4000 (nearly full: held by"
                + " job "
                + job.jobId()
                + ", main  An Artist - A Title)");
  }

  @Test
  void aRunningJobOfALostWorkerSaysSo() {
    Job job = job("main");
    view.apply(job);
    view.apply(started(job, "w1", 0));
    view.apply(heartbeat("w1", 0, WorkerState.WORKING));

    Fleet soon = view.snapshot(at(30));
    Fleet late = view.snapshot(at(90));
    assertThat(new StatusReport(soon, soon.batches(), Optional.empty()).lines())
        .noneMatch(line -> line.contains("LOST"));
    assertThat(new StatusReport(late, late.batches(), Optional.empty()).lines())
        .anyMatch(line -> line.contains("w1 (LOST)"));
  }

  @Test
  void timesBytesAndWidthsReadLikePeopleWriteThem() {
    assertThat(TimeText.of(Duration.ofMillis(4_240))).isEqualTo("4.2 s");
    assertThat(TimeText.of(Duration.ofMillis(59_999))).isEqualTo("59 s");
    assertThat(TimeText.of(Duration.ofSeconds(185))).isEqualTo("3 min 05 s");
    assertThat(TimeText.of(Duration.ofMinutes(130))).isEqualTo("2 h 10 min");
    assertThat(TimeText.of(Duration.ofHours(76))).isEqualTo("3 d 4 h");
    assertThat(TimeText.left(Optional.empty())).isEqualTo("~");
    assertThat(ByteText.of(999)).isEqualTo("999 B");
    assertThat(ByteText.of(999_600)).isEqualTo("1.0 MB");
    assertThat(ByteText.of(23_400_000_000L)).isEqualTo("23 GB");
    assertThat(TextWidth.of("東京 🎧 é")).isEqualTo(4 + 1 + 2 + 1 + 1);
    assertThat(TextWidth.fit("東京事変", 4)).isEqualTo("東… ");
    assertThat(TerminalSize.parse("50 132\n")).isEqualTo(new TerminalSize(132, 50));
    assertThat(TerminalSize.parse("0 0\n")).isEqualTo(TerminalSize.USUAL);
    assertThat(TerminalSize.parse("stty: not a tty")).isEqualTo(TerminalSize.USUAL);
  }

  @Test
  void patternsMatchWholeNamesWithoutCase() {
    assertThat(new NamePattern("friday*")).accepts("friday", "Friday-drop").rejects("a friday");
    assertThat(new NamePattern("a?c")).accepts("abc").rejects("ac", "abbc");
    assertThat(new NamePattern("a.c[1]")).accepts("A.C[1]").rejects("abc1");
  }

  private static Job inRoot(Job job, String root) {
    Track track = job.track();
    Track moved =
        new Track(
            track.id(),
            new Source.InRoot(root, "one.txt"),
            track.sha256(),
            track.bytes(),
            track.seconds(),
            track.title(),
            track.artist(),
            track.bpm(),
            track.key(),
            track.genre(),
            track.thumbnail(),
            track.trim());
    return new Job(
        job.schema(),
        job.jobId(),
        job.batch(),
        job.run(),
        job.submittedAt(),
        moved,
        job.channel(),
        job.model(),
        job.products(),
        job.publishAt(),
        job.directory(),
        job.warnings());
  }
}
