package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.dispatcher.plan.Refusal;
import dev.stemfleet.dispatcher.submit.SubmitReport;

/// What `submit` says at its end: warnings and refused tracks first, what was sent last.
final class SubmitSummary {
  private static final int MOST_WARNINGS = 20;

  private final Screen screen;
  private final SubmitReport report;

  SubmitSummary(Screen screen, SubmitReport report) {
    this.screen = screen;
    this.report = report;
  }

  /// @return the exit code that goes with it
  int print(boolean dryRun, boolean json) {
    report.warnings().stream().limit(MOST_WARNINGS).forEach(screen::warn);
    if (report.warnings().size() > MOST_WARNINGS) {
      int more = report.warnings().size() - MOST_WARNINGS;
      screen.warn("and %,d more; those of a track are in its results, too".formatted(more));
    }
    for (Refusal refusal : report.refusals()) {
      screen.error("refused " + line(refusal));
    }
    if (json) {
      if (!dryRun) {
        screen.line(JsonLine.of(report));
      }
    } else {
      screen.note(summary(dryRun));
      if (!dryRun && report.jobs() > 0) {
        screen.note("Follow them: stemfleet tail --job '" + report.batch() + "'");
      }
    }
    return report.refusals().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private String summary(boolean dryRun) {
    String what = dryRun ? "Would send" : "Sent";
    return "%s %s for %s as '%s'%s."
        .formatted(
            what,
            counted(report.jobs(), "job"),
            counted(report.tracks(), "track"),
            report.batch(),
            report.refusals().isEmpty()
                ? ""
                : "; " + counted(report.refusals().size(), "track") + " refused");
  }

  private static String line(Refusal refusal) {
    String reason = refusal.reason();
    return reason.startsWith(refusal.input()) ? reason : refusal.input() + ": " + reason;
  }

  private static String counted(int count, String what) {
    return "%,d %s%s".formatted(count, what, count == 1 ? "" : "s");
  }
}
