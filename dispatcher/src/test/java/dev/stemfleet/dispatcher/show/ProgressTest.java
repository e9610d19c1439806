package dev.stemfleet.dispatcher.show;

import static dev.stemfleet.dispatcher.watch.Messages.at;
import static dev.stemfleet.dispatcher.watch.Messages.done;
import static dev.stemfleet.dispatcher.watch.Messages.failed;
import static dev.stemfleet.dispatcher.watch.Messages.heartbeat;
import static dev.stemfleet.dispatcher.watch.Messages.job;
import static dev.stemfleet.dispatcher.watch.Messages.progressed;
import static dev.stemfleet.dispatcher.watch.Messages.retrying;
import static dev.stemfleet.dispatcher.watch.Messages.started;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.message.Event.WorkerState;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.dispatcher.watch.FleetView;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final Ink BLOCKS = new Ink(false, true);
  private final FleetView view = new FleetView();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private TerminalSize size = TerminalSize.USUAL;

  private final Job main = job("main");
  private final Job backup = job("backup");
  private final Job drums = job("drums");

  @Test
  void pipedProgressSaysEachStageAndEachEndOnce() {
    PlainProgress progress = new PlainProgress(out);
    submit(main, drums);
    progress.show(view.snapshot(at(0)));
    view.apply(started(main, "w1", 1));
    progress.show(view.snapshot(at(1)));
    view.apply(progressed(main, "w1", 2, "separate", 0.1, 0.05));
    progress.show(view.snapshot(at(2)));
    view.apply(progressed(main, "w1", 3, "separate", 0.5, 0.25));
    progress.show(view.snapshot(at(3)));
    view.apply(progressed(main, "w1", 40, "separate", 0.9, 0.45));
    progress.show(view.snapshot(at(40)));
    view.apply(done(main, "w1", 50));
    view.apply(failed(drums, "w1", 51));
    progress.show(view.snapshot(at(51)));
    progress.show(view.snapshot(at(52)));

    assertThat(text())
        .isEqualTo(
            """
            running    main  An Artist - A Title  began on w1
            running    main  An Artist - A Title  separate 10 % (job 5 %)
            running    main  An Artist - A Title  separate 90 % (job 45 %)
            done       main  An Artist - A Title  49 s
            FAILED     drums  An Artist - A Title  in resolve: songs/one.wav is not below the root music
              what to do: Check the worker's roots and that the file is still there.
            """);
  }

  @Test
  void aRetryIsSeenInAPipe() {
    PlainProgress progress = new PlainProgress(out);
    submit(main);
    view.apply(started(main, "w1", 1));
    view.apply(retrying(main, "w1", 5, 1));
    progress.show(view.snapshot(at(5)));
    progress.show(view.snapshot(at(6)));

    assertThat(text())
        .isEqualTo(
            "retrying   main  An Artist - A Title  attempt 1 failed in place: /out is full;"
                + " again in 20 s\n");
  }

  @Test
  void aTitleCannotSendControlCodes() {
    PlainProgress progress = new PlainProgress(out);
    Job evil = job("friday", "main", "A", "x\u001b[2J\ny");
    submit(evil);
    view.apply(done(evil, "w1", 2));
    progress.show(view.snapshot(at(3)));

    assertThat(text()).isEqualTo("done       main  A - x [2J y  10 s\n");
  }

  @Test
  void aFrameHasABarPerRunningJobAndOnePerBatch() {
    submit(main, backup, drums);
    view.apply(started(main, "w1", 0));
    view.apply(done(main, "w1", 40, 1));
    view.apply(started(backup, "w1", 40));
    view.apply(done(backup, "w1", 44, 0));
    view.apply(started(drums, "w1", 44));
    view.apply(progressed(drums, "w1", 45, "render", 0.4, 0.5));

    assertThat(new ProgressFrame(BLOCKS, 80, 24).lines(view.snapshot(at(45))))
        .containsExactly(
            "  drums        An Artist - A Title render 40 %     █████░░░░░  50 % 2 s",
            "friday ████████████████████░░░░ 83 %  2 of 3 done, 1 running; 2 s left");
  }

  @Test
  void anUnknownTimeIsATildeAndASilentJobSaysSo() {
    submit(main);
    view.apply(started(main, "w1", 0));
    ProgressFrame frame = new ProgressFrame(BLOCKS, 80, 24);

    assertThat(frame.lines(view.snapshot(at(5))).getFirst())
        .isEqualTo("  main         An Artist - A Title begins          ░░░░░░░░░░   0 % ~");
    assertThat(frame.lines(view.snapshot(at(40))).getFirst()).endsWith(" silent 40 s");
  }

  @Test
  void aBatchThatNobodyWorksOnSaysSo() {
    submit(main);
    ProgressFrame frame = new ProgressFrame(BLOCKS, 80, 24);
    assertThat(frame.lines(view.snapshot(at(1))))
        .containsExactly(
            "friday ░░░░░░░░░░░░░░░░░░░░░░░░ 0 %  0 of 1 done, 1 queued; no worker yet");

    view.apply(heartbeat("w1", 2, WorkerState.IDLE));
    assertThat(frame.lines(view.snapshot(at(2))).getFirst()).endsWith("1 queued; ~ left");
  }

  @Test
  void noLineIsWiderThanTheTerminalInAnyScript() {
    Job emoji = job("friday", "main", "東京事変", "🎧 群青日和 שלום 🥁🥁🥁🥁🥁🥁");
    submit(emoji);
    view.apply(started(emoji, "w1", 0));
    view.apply(progressed(emoji, "w1", 1, "separate", 0.4, 0.5));

    for (int columns : new int[] {20, 40, 60, 80, 200}) {
      assertThat(new ProgressFrame(BLOCKS, columns, 24).lines(view.snapshot(at(1))))
          .as("%d columns", columns)
          .allSatisfy(line -> assertThat(TextWidth.of(line)).isLessThan(columns));
    }
  }

  @Test
  void moreJobsThanRowsAreCounted() {
    for (int i = 0; i < 9; i++) {
      Job one = job("friday", "main", "A", "Track " + i);
      submit(one);
      view.apply(started(one, "w" + i, 0));
    }
    List<String> lines = new ProgressFrame(BLOCKS, 80, 6).lines(view.snapshot(at(1)));

    assertThat(lines).hasSize(4);
    assertThat(lines.get(2)).isEqualTo("  … and 7 more");
    assertThat(lines.get(3)).contains("0 of 9 done, 9 running");
  }

  @Test
  void theTerminalKeepsNewsAndRedrawsBarsInPlace() {
    TerminalProgress progress = new TerminalProgress(out, BLOCKS, () -> size);
    Screen screen = new Screen(80);
    submit(main, drums);
    progress.show(view.snapshot(at(0)));
    view.apply(started(main, "w1", 1));
    progress.show(view.snapshot(at(1)));
    view.apply(done(main, "w1", 9));
    view.apply(started(drums, "w1", 9));
    progress.show(view.snapshot(at(9)));
    progress.note("the broker hiccuped");
    view.apply(failed(drums, "w1", 10));
    progress.show(view.snapshot(at(10)));
    progress.close();

    screen.write(text());
    assertThat(screen.lines())
        .containsExactly(
            "done       main  An Artist - A Title  8.0 s",
            "the broker hiccuped",
            "FAILED     drums  An Artist - A Title  in resolve: songs/one.wav is not below th",
            "e root music",
            "  what to do: Check the worker's roots and that the file is still there.",
            "friday ████████████████████████ 100 %  1 of 2 done, 1 failed");
    assertThat(text()).endsWith("\u001b[?25h");
  }

  @Test
  void theTerminalIsRedrawnAtMostTenTimesASecondAndNotWithoutChange() {
    TerminalProgress progress = new TerminalProgress(out, BLOCKS, () -> size);
    submit(main);
    view.apply(started(main, "w1", 0));
    for (int i = 0; i < 1000; i++) {
      view.apply(progressed(main, "w1", i / 1000.0, "separate", i / 1000.0, i / 1000.0));
      progress.show(view.snapshot(at(i / 1000.0)));
    }
    assertThat(text().split("friday", -1)).hasSizeLessThanOrEqualTo(11);

    int before = bytes.size();
    progress.show(view.snapshot(at(2)));
    int afterOne = bytes.size();
    progress.show(view.snapshot(at(3)));
    assertThat(bytes.size()).as("an unchanged frame").isEqualTo(afterOne).isGreaterThan(before);
  }

  @Test
  void aWindowMadeNarrowerIsRedrawnWithoutRemains() {
    TerminalProgress progress = new TerminalProgress(out, BLOCKS, () -> size);
    submit(main);
    view.apply(started(main, "w1", 0));
    progress.show(view.snapshot(at(1)));
    size = new TerminalSize(40, 24);
    progress.show(view.snapshot(at(2)));

    // Both lines of the first frame were 60 to 79 columns wide: 2 rows each on 40 columns.
    assertThat(text()).contains("\u001b[4A");
  }

  @Test
  void coloursAreLeftOutWhenNoColorIsSet() {
    assertThat(Ink.of(java.util.Map.of("NO_COLOR", "1", "LANG", "C.UTF-8")))
        .isEqualTo(new Ink(false, true));
    assertThat(Ink.of(java.util.Map.of("LANG", "C"))).isEqualTo(new Ink(true, false));
    assertThat(new Ink(true, true).paint(Ink.Tone.BAD, "x")).isEqualTo("\u001b[31mx\u001b[0m");
    assertThat(new Ink(false, true).paint(Ink.Tone.BAD, "x")).isEqualTo("x");
  }

  private void submit(Job... jobs) {
    for (Job job : jobs) {
      view.apply(job);
    }
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
