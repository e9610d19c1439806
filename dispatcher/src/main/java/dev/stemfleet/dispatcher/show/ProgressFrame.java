package dev.stemfleet.dispatcher.show;

import dev.stemfleet.dispatcher.watch.BatchState;
import dev.stemfleet.dispatcher.watch.Counts;
import dev.stemfleet.dispatcher.watch.Fleet;
import dev.stemfleet.dispatcher.watch.JobState;
import dev.stemfleet.dispatcher.watch.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The bars of one moment as lines: one per running job, then one per batch. Pure.
///
/// @param columns of the terminal; no line is wider
/// @param rows of the terminal; there are always fewer lines
record ProgressFrame(Ink ink, int columns, int rows) {
  private static final int CHANNEL = 12;
  private static final int STAGE = 15;
  private static final int BAR = 10;
  private static final int PERCENT = 5;
  private static final int LEFT = 11;

  /// Columns between the parts of a job's line, and before it.
  private static final int GAPS = 2 + 5;

  private static final Duration SILENCE = Duration.ofSeconds(15);

  List<String> lines(Fleet fleet) {
    List<String> jobs = new ArrayList<>();
    List<String> batches = new ArrayList<>();
    for (BatchState batch : fleet.batches()) {
      if (!batch.counts().allEnded()) {
        batch.jobs().forEach(job -> addJob(jobs, job, batch, fleet));
      }
      batches.add(batchLine(batch, fleet));
    }
    List<String> lines = new ArrayList<>(fitting(jobs, rows - 2 - batches.size()));
    lines.addAll(batches);
    return lines.subList(0, Math.clamp(rows - 1, 0, lines.size()));
  }

  private void addJob(List<String> lines, JobState job, BatchState batch, Fleet fleet) {
    switch (job.phase()) {
      case Phase.Running running -> lines.add(jobLine(job, running, batch, fleet));
      case Phase.Retrying retrying -> {
        Duration wait = Duration.between(fleet.at(), retrying.nextAt());
        String state = "retry in " + TimeText.left(Optional.of(wait));
        lines.add(ink.paint(Ink.Tone.WARNING, line(job, state, 0, "", "")));
      }
      case Phase.Queued() -> {}
      case Phase.Ended ended -> {}
    }
  }

  private String jobLine(JobState job, Phase.Running running, BatchState batch, Fleet fleet) {
    Duration silence = Duration.between(running.heardAt(), fleet.at());
    String left =
        silence.compareTo(SILENCE) > 0
            ? "silent " + TimeText.left(Optional.of(silence))
            : TimeText.left(Optional.ofNullable(batch.jobTimeLeft().get(job.info().jobId())));
    String stage =
        running.stage().isEmpty()
            ? "begins"
            : running.stage() + " " + Percent.of(running.fraction());
    return line(job, stage, running.overall(), Percent.of(running.overall()), left);
  }

  private String line(JobState job, String stage, double overall, String percent, String left) {
    int name = columns - 1 - CHANNEL - STAGE - BAR - PERCENT - LEFT - GAPS;
    String channel = TextWidth.fit(job.info().channel(), CHANNEL);
    String whole =
        "  %s %s%s %s %s %s"
            .formatted(
                channel,
                name < 4 ? "" : TextWidth.fit(job.info().name(), name) + " ",
                TextWidth.fit(stage, STAGE),
                ink.bar(overall, BAR),
                " ".repeat(Math.max(0, PERCENT - percent.length())) + percent,
                left);
    return TextWidth.cut(whole, columns - 1).stripTrailing();
  }

  private String batchLine(BatchState batch, Fleet fleet) {
    Counts counts = batch.counts();
    String tail = " " + percentOf(batch) + "  " + summary(counts, batch, fleet);
    String name = TextWidth.cut(batch.name(), Math.max(8, columns / 4));
    int bar = Math.clamp(columns - 2 - TextWidth.of(name) - TextWidth.of(tail), 4, 24);
    String whole = name + " " + ink.bar(batch.overall(), bar) + tail;
    return ink.paint(toneOf(counts), TextWidth.cut(whole, columns - 1));
  }

  private static String percentOf(BatchState batch) {
    return Percent.of(batch.overall());
  }

  private static Ink.Tone toneOf(Counts counts) {
    if (counts.failed() > 0) {
      return Ink.Tone.BAD;
    }
    return counts.allEnded() ? Ink.Tone.GOOD : Ink.Tone.PLAIN;
  }

  /// `1 of 3 done, 1 failed, 1 running; 2 min 10 s left`.
  private static String summary(Counts counts, BatchState batch, Fleet fleet) {
    List<String> parts = new ArrayList<>();
    parts.add(counts.done() + " of " + counts.total() + " done");
    add(parts, counts.failed(), "failed");
    add(parts, counts.cancelled(), "cancelled");
    add(parts, counts.retrying(), "retrying");
    add(parts, counts.running(), "running");
    add(parts, counts.queued(), "queued");
    String text = parts.stream().collect(Collectors.joining(", "));
    if (counts.allEnded()) {
      return text;
    }
    if (counts.running() + counts.retrying() == 0 && fleet.aliveWorkers().isEmpty()) {
      return text + "; no worker yet";
    }
    return text + "; " + TimeText.left(batch.timeLeft()) + " left";
  }

  private static void add(List<String> parts, int count, String what) {
    if (count > 0) {
      parts.add(count + " " + what);
    }
  }

  private List<String> fitting(List<String> jobs, int room) {
    if (jobs.size() <= Math.max(0, room)) {
      return jobs;
    }
    int shown = Math.max(0, room - 1);
    List<String> lines = new ArrayList<>(jobs.subList(0, shown));
    lines.add("  … and " + (jobs.size() - shown) + " more");
    return lines;
  }
}
