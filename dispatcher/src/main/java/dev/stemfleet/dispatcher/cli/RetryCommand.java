package dev.stemfleet.dispatcher.cli;

import com.fasterxml.uuid.Generators;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.JobWriter;
import dev.stemfleet.common.message.TraceContext;
import dev.stemfleet.dispatcher.plan.RequestException;
import dev.stemfleet.dispatcher.publish.TrackSender;
import dev.stemfleet.dispatcher.watch.DeadJobs;
import dev.stemfleet.dispatcher.watch.JobState;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
      List<Job> failed = failed(dead, connection);
      String run = Generators.timeBasedEpochGenerator().generate().toString();
      Instant now = here.clock().instant().truncatedTo(ChronoUnit.MILLIS);
      List<Job> again = failed.stream().map(job -> job.inRun(run, now)).toList();
      try (TrackSender sender = TrackSender.open(connection.joined())) {
        send(again, sender);
        sender.flush();
      }
      tell(again, run, dead.unreadable());
    }
    return ExitCode.DONE;
  }

  private List<Job> failed(DeadJobs dead, Connection connection) {
    Targets found =
        all
            ? new Targets(everything(connection))
            : Targets.find(targets, connection.clients(), here);
    Map<String, JobState> wanted = found.byId();
    return dead.stillFailed(wanted).stream()
        .filter(job -> all || wanted.containsKey(job.jobId()))
        .toList();
  }

  private Map<String, List<JobState>> everything(Connection connection) {
    Map<String, List<JobState>> batches = new LinkedHashMap<>();
    History.read(connection.clients(), here)
        .batches()
        .forEach(batch -> batches.put(batch.name(), batch.jobs()));
    return batches;
  }

  /// Together by track, so that each is separated once.
  private static void send(List<Job> jobs, TrackSender sender) {
    JobWriter writer = new JobWriter();
    Map<String, List<TrackSender.Outgoing>> tracks = new LinkedHashMap<>();
    for (Job job : jobs) {
      tracks
          .computeIfAbsent(job.track().id(), id -> new ArrayList<>())
          .add(
              new TrackSender.Outgoing(
                  job.batch(), job.jobId(), writer.write(job), TraceContext.of(job).headers()));
    }
    tracks.forEach(sender::send);
  }

  private void tell(List<Job> again, String run, int unreadable) {
    Map<String, Integer> batches = new TreeMap<>();
    again.forEach(job -> batches.merge(job.batch(), 1, Integer::sum));
    if (format.json()) {
      here.screen().line(JsonLine.of(new Line(run, batches, unreadable)));
      return;
    }
    batches.forEach((batch, jobs) -> here.screen().line("sent again  " + batch + "  " + jobs));
    if (batches.isEmpty()) {
      here.screen().line("no failed job is left to be sent again");
    }
    if (unreadable > 0) {
      here.screen()
          .warn(unreadable + " messages of the dead topic hold no job that this version can read");
    }
  }
}
