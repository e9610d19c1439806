package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.domain.QueueMode;
import dev.stemfleet.dispatcher.migrate.Migration;
import dev.stemfleet.dispatcher.publish.JobPlaces;
import dev.stemfleet.dispatcher.show.Plural;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `stemfleet queue migrate`: the queue works the other way from now on.
@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    description = {
      "Moves what is open in the queue to one of the other mode and records that.",
      "All workers must have stopped; nobody joins meanwhile. Broken off, run it again."
    },
    footerHeading = "%nExample:%n",
    footer = "  stemfleet queue migrate --to group --dry-run")
final class QueueMigrateCommand implements Callable<Integer> {
  private final Surroundings here;
  @Mixin private FleetOptions fleet = new FleetOptions();
  @Mixin private FormatOption format = new FormatOption();

  @Option(
      names = "--to",
      required = true,
      paramLabel = "MODE",
      description = "share, or group where Kafka has no share groups.")
  private QueueMode to = QueueMode.SHARE;

  @Option(names = "--dry-run", description = "Only say how many jobs would be moved.")
  private boolean dryRun;

  @Option(
      names = "--notice",
      hidden = true,
      description = "Seconds until every dispatcher has noticed that it must not send any more.")
  private long noticeSeconds = JobPlaces.LOOK_EVERY.toSeconds() + 2;

  /// What was done, for programs.
  record Line(QueueMode to, long jobs, boolean dryRun) {}

  QueueMigrateCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() throws IOException {
    try (Connection connection = Connection.open(fleet, here)) {
      Migration migration =
          new Migration(
              connection.clients().settings(), to, here.clock(), Duration.ofSeconds(noticeSeconds));
      long jobs;
      try {
        jobs =
            dryRun
                ? migration.count()
                : migration.run(
                    moved -> here.screen().progress("moving: %,d jobs".formatted(moved)));
      } finally {
        here.screen().endProgress();
      }
      here.screen().line(format.json() ? JsonLine.of(new Line(to, jobs, dryRun)) : said(jobs));
    }
    return ExitCode.DONE;
  }

  private String said(long jobs) {
    return dryRun
        ? Plural.of(jobs, "job") + " would be moved to the queue of mode " + to
        : "the queue has mode %s now; %s moved".formatted(to, Plural.of(jobs, "job"));
  }
}
