package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.message.Control;
import dev.stemfleet.common.message.Schema;
import dev.stemfleet.dispatcher.publish.ControlSender;
import dev.stemfleet.dispatcher.watch.JobState;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `stemfleet cancel`: what was submitted until now is not to be done any more.
@Command(
    name = "cancel",
    mixinStandardHelpOptions = true,
    description = {
      "Ends jobs that wait or run; running ones stop within moments.",
      "What is submitted later runs, also under the same name."
    },
    footerHeading = "%nExample:%n",
    footer = "  stemfleet cancel friday-drop")
final class CancelCommand implements Callable<Integer> {
  private final Surroundings here;
  @Mixin private FleetOptions fleet = new FleetOptions();
  @Mixin private FormatOption format = new FormatOption();

  @Parameters(
      arity = "1..*",
      paramLabel = "TARGET",
      description = "Batches (* and ? stand for other letters) or job ids.")
  private List<String> targets = new ArrayList<>();

  /// One target, for programs.
  ///
  /// @param jobs of the target
  /// @param open those that had not ended
  record Line(String target, int jobs, int open, Instant requestedAt) {}

  CancelCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() throws IOException {
    try (Connection connection = Connection.open(fleet, here)) {
      Targets found = Targets.find(targets, connection.clients(), here);
      List<Control> controls = new ArrayList<>();
      found
          .jobs()
          .forEach(
              (target, jobs) ->
                  controls.add(
                      new Control(Schema.VERSION, Control.Action.CANCEL, target, moment(jobs))));
      ControlSender.send(connection.clients(), controls);
      found.jobs().forEach(this::tell);
    }
    return ExitCode.DONE;
  }

  /// Now, but later than all that is meant, whatever the submitter's clock said.
  private Instant moment(List<JobState> jobs) {
    Instant at = here.clock().instant();
    for (JobState job : jobs) {
      Instant submitted = job.info().submittedAt();
      if (submitted != null && !submitted.isBefore(at)) {
        at = submitted.plusMillis(1);
      }
    }
    return at;
  }

  private void tell(String target, List<JobState> jobs) {
    int open = Math.toIntExact(jobs.stream().filter(job -> !job.ended()).count());
    here.screen()
        .line(
            format.json()
                ? JsonLine.of(new Line(target, jobs.size(), open, moment(jobs)))
                : "cancelled  %s  %d of %d jobs had not ended"
                    .formatted(target, open, jobs.size()));
  }
}
