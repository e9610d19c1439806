package dev.stemfleet.dispatcher.show;

import dev.stemfleet.common.message.Failure;
import dev.stemfleet.dispatcher.watch.BatchState;
import dev.stemfleet.dispatcher.watch.Finish;
import dev.stemfleet.dispatcher.watch.Fleet;
import dev.stemfleet.dispatcher.watch.JobState;
import dev.stemfleet.dispatcher.watch.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What has become of jobs since the last look, each told once. Not thread-safe.
final class News {
  private final Map<String, String> told = new HashMap<>();
  private final Set<String> warnings = new HashSet<>();

  /// One line of news.
  ///
  /// @param text one line, not cut
  record Line(Ink.Tone tone, String text) {}

  /// The news in a fleet: finished, failed, cancelled and retried jobs, with their warnings.
  List<Line> since(Fleet fleet) {
    List<Line> lines = new ArrayList<>();
    for (BatchState batch : fleet.batches()) {
      for (JobState job : batch.jobs()) {
        String key = job.run() + keyOf(job.phase());
        if (!key.equals(told.put(job.info().jobId(), key))) {
          lines.addAll(of(job, fleet));
        }
      }
    }
    return lines;
  }

  /// `main An Artist - A Title`.
  static String name(JobState job) {
    return job.info().channel().isEmpty()
        ? job.info().name()
        : job.info().channel() + "  " + job.info().name();
  }

  private static String keyOf(Phase phase) {
    return switch (phase) {
      case Phase.Queued() -> "";
      case Phase.Running running -> "";
      case Phase.Retrying retrying -> "/retrying " + retrying.attempt();
      case Phase.Done done -> "/done";
      case Phase.Failed failed -> "/failed";
      case Phase.Cancelled cancelled -> "/cancelled";
    };
  }

  private List<Line> of(JobState job, Fleet fleet) {
    return switch (job.phase()) {
      case Phase.Queued() -> List.of();
      case Phase.Running running -> List.of();
      case Phase.Retrying retrying -> List.of(retrying(job, retrying, fleet));
      case Phase.Done(Finish finish) -> done(job, finish);
      case Phase.Failed(Finish finish, Failure failure) -> failed(job, failure);
      case Phase.Cancelled cancelled ->
          List.of(new Line(Ink.Tone.WARNING, "cancelled  " + name(job)));
    };
  }

  private static Line retrying(JobState job, Phase.Retrying retrying, Fleet fleet) {
    Duration wait = Duration.between(fleet.at(), retrying.nextAt());
    String when = wait.toMillis() > 500 ? "in " + TimeText.of(wait) : "now";
    return new Line(
        Ink.Tone.WARNING,
        "retrying   %s  attempt %d failed in %s: %s; again %s"
            .formatted(
                name(job),
                retrying.attempt(),
                retrying.failure().stage(),
                retrying.failure().cause(),
                when));
  }

  private List<Line> done(JobState job, Finish finish) {
    List<Line> lines = new ArrayList<>();
    String time = finish.replayed() ? "was there already" : TimeText.ofSeconds(finish.seconds());
    lines.add(new Line(Ink.Tone.GOOD, "done       " + name(job) + "  " + time));
    for (String text : finish.warnings()) {
      // All jobs of a track say the same about it: once is enough.
      if (warnings.add(job.info().batch() + "/" + job.info().trackId() + "/" + text)) {
        lines.add(new Line(Ink.Tone.WARNING, "  warning: " + text));
      }
    }
    return lines;
  }

  private static List<Line> failed(JobState job, Failure failure) {
    return List.of(
        new Line(
            Ink.Tone.BAD,
            "FAILED     %s  in %s: %s".formatted(name(job), failure.stage(), failure.cause())),
        new Line(Ink.Tone.BAD, "  what to do: " + failure.advice()));
  }
}
