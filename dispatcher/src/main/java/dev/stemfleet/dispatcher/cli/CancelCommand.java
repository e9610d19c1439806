package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.dispatcher.steer.Cancellation;
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

  CancelCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() throws IOException {
    try (Connection connection = Connection.open(fleet, here)) {
      Targets found = Targets.find(targets, connection.clients(), here);
      Instant now = here.clock().instant();
      List<Cancellation> cancelled = new ArrayList<>();
      found.jobs().forEach((target, jobs) -> cancelled.add(Cancellation.of(target, jobs, now)));
      Cancellation.send(connection.clients(), cancelled);
      cancelled.forEach(this::tell);
    }
    return ExitCode.DONE;
  }

  private void tell(Cancellation one) {
    here.screen()
        .line(
            format.json()
                ? JsonLine.of(one)
                : "cancelled  %s  %d of %d jobs had not ended"
                    .formatted(one.target(), one.open(), one.jobs()));
  }
}
