package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.kafka.QueueUse;
import dev.stemfleet.dispatcher.plan.NamePattern;
import dev.stemfleet.dispatcher.plan.RequestException;
import dev.stemfleet.dispatcher.show.StatusReport;
import dev.stemfleet.dispatcher.watch.BatchState;
import dev.stemfleet.dispatcher.watch.Fleet;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `stemfleet status`: what became of batches.
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Shows batches, what runs, what failed and why, and the queue.",
    footerHeading = "%nExample:%n",
    footer = "  stemfleet status 'friday*'")
final class StatusCommand implements Callable<Integer> {
  private final Surroundings here;
  @Mixin private FleetOptions fleet = new FleetOptions();
  @Mixin private FormatOption format = new FormatOption();

  @Parameters(
      arity = "0..1",
      paramLabel = "BATCH",
      defaultValue = "*",
      description = "Only batches that match; * and ? stand for other letters.")
  private String batch = "*";

  StatusCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() throws IOException {
    try (Connection connection = Connection.open(fleet, here)) {
      NamePattern pattern = new NamePattern(batch);
      Meanwhile<Optional<QueueUse>> queue =
          Meanwhile.begin("stemfleet-queue", () -> QueueUse.ask(connection.recorded()));
      Fleet seen = History.read(connection.clients(), here, pattern);
      List<BatchState> wanted = wanted(seen, pattern);
      StatusReport report = new StatusReport(seen, wanted, queue.await());
      here.screen()
          .line(format.json() ? JsonLine.of(report.json()) : String.join("\n", report.lines()));
    }
    return ExitCode.DONE;
  }

  private List<BatchState> wanted(Fleet seen, NamePattern pattern) {
    List<BatchState> wanted =
        seen.batches().stream().filter(one -> pattern.test(one.name())).toList();
    if (wanted.isEmpty() && !batch.equals("*")) {
      throw new RequestException("BATCH: no batch matches '" + batch + "'");
    }
    return wanted;
  }
}
