package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.dispatcher.plan.RequestException;
import dev.stemfleet.dispatcher.steer.Redrive;
import dev.stemfleet.dispatcher.watch.DeadJobs;
import dev.stemfleet.dispatcher.watch.JobState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `stemfleet retry`: jobs that were given up are done again, as they were.
@Command(
    name = "retry",
    mixinStandardHelpOptions = true,
    description = {
      "Sends failed jobs again, as they were submitted.",
      "Jobs that were sent again since, or are done, are left alone."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  stemfleet retry friday-drop", "  stemfleet retry --all"})
final class RetryCommand implements Callable<Integer> {
  private final Surroundings here;
  @Mixin private FleetOptions fleet = new FleetOptions();
  @Mixin private FormatOption format = new FormatOption();

  @Parameters(
      arity = "0..*",
      paramLabel = "TARGET",
      description = "Batches (* and ? stand for other letters) or job ids.")
  private List<String> targets = new ArrayList<>();

  @Option(names = "--all", description = "All failed jobs.")
  private boolean all;

  /// What was sent, for programs.
  ///
  /// @param run of all of them
  /// @param jobs by batch
  record Line(String run, Map<String, Integer> jobs, int unreadable) {}

  RetryCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() throws IOException {
    if (all == !targets.isEmpty()) {
      throw new RequestException("TARGET: name batches or job ids, or say --all");
    }
    try (Connection connection = Connection.open(fleet, here)) {
      DeadJobs dead = DeadJobs.read(connection.clients());
      Map<String, JobState> states = states(connection);
      Redrive again =
          Redrive.of(
              dead, states, job -> all || states.containsKey(job.jobId()), here.clock().instant());
      again.send(connection.joined());
      tell(again);
    }
    return ExitCode.DONE;
  }

  private Map<String, JobState> states(Connection connection) {
    Targets found =
        all
            ? new Targets(everything(connection))
            : Targets.find(targets, connection.clients(), here);
    return found.byId();
  }

  private Map<String, List<JobState>> everything(Connection connection) {
    Map<String, List<JobState>> batches = new LinkedHashMap<>();
    History.read(connection.clients(), here)
        .batches()
        .forEach(batch -> batches.put(batch.name(), batch.jobs()));
    return batches;
  }

  private void tell(Redrive again) {
    Map<String, Integer> batches = again.byBatch();
    if (format.json()) {
      here.screen().line(JsonLine.of(new Line(again.run(), batches, again.unreadable())));
      return;
    }
    batches.forEach((batch, jobs) -> here.screen().line("sent again  " + batch + "  " + jobs));
    if (batches.isEmpty()) {
      here.screen().line("no failed job is left to be sent again");
    }
    if (again.unreadable() > 0) {
      here.screen()
          .warn(
              again.unreadable()
                  + " messages of the dead topic hold no job that this version can read");
    }
  }
}
