package dev.stemfleet.dispatcher.show;

import dev.stemfleet.dispatcher.watch.BatchState;
import dev.stemfleet.dispatcher.watch.Fleet;
import dev.stemfleet.dispatcher.watch.JobState;
import dev.stemfleet.dispatcher.watch.Phase;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Progress as plain lines, for pipes and log files: one line when a job begins, reaches another
/// stage or ends; a long stage says every half minute how far it is. No control characters.
public final class PlainProgress implements ProgressView {
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration REMINDER = Duration.ofSeconds(30);

  private final PrintStream out;
  private final News news = new News();
  private final Map<String, Said> said = new HashMap<>();

  private record Said(String stage, Instant at) {}

  /// @param out not closed
  public PlainProgress(PrintStream out) {
    this.out = out;
  }

  @Override
  public void show(Fleet fleet) {
    news.since(fleet).forEach(line -> note(line.text()));
    for (BatchState batch : fleet.batches()) {
      for (JobState job : batch.jobs()) {
        if (job.phase() instanceof Phase.Running running) {
          sayStage(job, running, batch, fleet.at());
        }
      }
    }
    out.flush();
  }

  @Override
  public void note(String line) {
    out.println(TextWidth.cut(line, Integer.MAX_VALUE));
  }

  @Override
  public Duration interval() {
    return INTERVAL;
  }

  @Override
  public void close() {
    out.flush();
  }

  private void sayStage(JobState job, Phase.Running running, BatchState batch, Instant now) {
    String stage = job.run() + running.attempt() + running.stage();
    Said before = said.get(job.info().jobId());
    boolean isNew = before == null || !before.stage().equals(stage);
    boolean isDue = before != null && !now.isBefore(before.at().plus(REMINDER));
    if (isNew || isDue) {
      said.put(job.info().jobId(), new Said(stage, now));
      note("running    " + News.name(job) + "  " + state(job, running, batch));
    }
  }

  private static String state(JobState job, Phase.Running running, BatchState batch) {
    if (running.stage().isEmpty()) {
      return "began on " + running.worker();
    }
    Optional<Duration> left = Optional.ofNullable(batch.jobTimeLeft().get(job.info().jobId()));
    String eta = left.map(span -> ", " + TimeText.left(left) + " left").orElse("");
    return "%s %s (job %s%s)"
        .formatted(
            running.stage(), Percent.of(running.fraction()), Percent.of(running.overall()), eta);
  }
}
